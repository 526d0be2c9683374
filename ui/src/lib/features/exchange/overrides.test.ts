import { describe, expect, it } from "vitest";
import { mapColumn, meaningCode, meaningOf, meanWord, orderColumn } from "./overrides";
import { meaningsFor } from "./strings";
import type { FileColumn } from "./types";

const column = (index: number, name: string, guess: FileColumn["guess"]): FileColumn => ({ index, name, guess, samples: [], confidence: 1, dateOrder: null, denied: false });

describe("mapping a column", () => {
  const columns = [column(0, "Referred by", "referrer"), column(1, "PCP", "ignore"), column(2, "Phone", "referrer_phone"), column(3, "Phone", "ignore")];

  it("takes a field that only one column can hold from the column that held it", () => {
    expect(mapColumn({}, columns, column(1, "PCP", "ignore"), "referrer").map).toEqual({ "#1": "ignore", "#2": "referrer" });
  });

  it("leaves other columns alone where several may share a field", () => {
    expect(mapColumn({}, columns, column(3, "Phone", "ignore"), "referrer_phone").map).toEqual({ "#4": "referrer_phone" });
  });

  it("replaces what a saved mapping says about the column by its name", () => {
    const saved = { map: { "Referred by": "referrer", PCP: "ignore" } } as const;
    expect(mapColumn(saved, columns, column(1, "PCP", "ignore"), "referrer").map).toEqual({ "#1": "ignore", "#2": "referrer" });
  });

  it("keeps every other decision and changes nothing it was given", () => {
    const before = { decimal: "comma", map: { "#3": "ignore" } } as const;
    const after = mapColumn(before, columns, column(1, "PCP", "ignore"), "notes");
    expect(after).toEqual({ decimal: "comma", map: { "#3": "ignore", "#2": "notes" } });
    expect(before.map).toEqual({ "#3": "ignore" });
  });
});

describe("the order of day and month", () => {
  it("is decided for one column and replaces what was said about it before", () => {
    const dated = column(4, "Date", "received_on");
    expect(orderColumn({ dateOrders: { date: "mdy", Seen: "mdy" } }, dated, "dmy").dateOrders).toEqual({ Seen: "mdy", "#5": "dmy" });
  });
});

describe("the meaning of a word", () => {
  it("replaces an earlier decision about the same word, however it was spelled", () => {
    const before = { values: { kept: { is: "outcome", value: "lost" }, Other: { is: "nothing" } } } as const;
    expect(meanWord(before, { text: "KEPT!" }, { is: "outcome", value: "seen" }).values).toEqual({ Other: { is: "nothing" }, "KEPT!": { is: "outcome", value: "seen" } });
  });

  it("survives being a value of a choice", () => {
    for (const field of ["status", "referrer", "direction"] as const) {
      const meanings = meaningsFor(field).map(([meaning]) => meaning);
      expect(meanings.map((meaning) => meaningOf(meaningCode(meaning), meanings))).toEqual(meanings);
      expect(new Set(meanings.map(meaningCode)).size).toBe(meanings.length);
    }
  });
});

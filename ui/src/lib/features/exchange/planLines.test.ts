import { describe, expect, it } from "vitest";
import { actsOf } from "./choices";
import { countOf, fateGroups, overview, written } from "./planLines";
import type { Counts, PlanRow } from "./types";

const counts: Counts = {
  rows: 20, new: 9, updated: 3, unchanged: 2, keptOurs: 1, possibleDuplicates: 2, questions: 4, leftOut: 1, rejected: 3, notData: 5,
  outbound: 0, internal: 0, partnersNew: 0, partnersMatched: 0, peopleNew: 0, peopleMatched: 0, rolledUp: 0,
};
const row = (over: Partial<PlanRow>): PlanRow => ({
  record: 1, who: "Dr K Itoh", means: "", meantBy: "new", person: null, partner: null, patient: "", receivedOn: null, fate: "new", why: "", reason: null, remedy: "", dayAsRead: "",
  changes: [], of: null, questions: [], sameName: 0, choice: null, ...over,
});

describe("the preview", () => {
  it("has counts that add up to the file", () => {
    expect(fateGroups.reduce((sum, group) => sum + countOf(counts, group), 0)).toBe(counts.rows);
  });

  it("puts what needs a person first and leaves out groups without rows", () => {
    const lines = overview({ ...counts, rejected: 0, leftOut: 0 }, new Map([["new", [row({ record: 7 })]]]));
    expect(lines.map((line) => (line.kind === "head" ? line.group : line.row.record))).toEqual(["questions", "possible_duplicates", "kept_ours", "updated", "new", 7, "unchanged", "not_data"]);
  });

  it("offers to import the rows that are new or changed", () => {
    expect(written(counts)).toBe(12);
  });
});

describe("decisions about a row", () => {
  const ids = (of: PlanRow, group: Parameters<typeof actsOf>[1]) => actsOf(of, group).map((act) => act.choice.choice);

  it("are same or another where a name is close to one known", () => {
    const asked = row({ questions: [{ name: "Dr. Keiko Ito", detail: "Pine Hollow", choice: { choice: "same", with: { kind: "person", id: "p" } } }] });
    expect(ids(asked, "questions")).toEqual(["same", "another"]);
    expect(actsOf(asked, "questions").map((act) => act.keys)).toEqual(["S", "A"]);
  });

  it("name each person where several are close, so that none is taken for another", () => {
    const person = (id: string, name: string) => ({ name, detail: "", choice: { choice: "same", with: { kind: "person", id } } }) as const;
    const labels = actsOf(row({ questions: [person("a", "Ann Wood"), person("b", "Anna Wood")] }), "questions").map((act) => act.label);
    expect(labels.slice(0, 2)).toEqual(["Same as Ann Wood", "Same as Anna Wood"]);
  });

  it("are import or leave out where a row looks like another", () => {
    expect(ids(row({ fate: "possible_duplicate" }), "possible_duplicates")).toEqual(["import_anyway", "leave_out", "not_data"]);
  });

  it("offer the file's word where ours is kept, and ours again after it was taken", () => {
    const change = { field: "payer", before: "Aetna", after: "Cigna", keptOurs: true };
    expect(ids(row({ fate: "unchanged", changes: [change] }), "kept_ours")).toEqual(["take_file", "not_data"]);
    expect(ids(row({ fate: "updated", changes: [{ ...change, keptOurs: false }], choice: { choice: "take_file" } }), "updated")).toEqual(["keep_ours", "leave_out", "not_data"]);
  });

  it("can't put a rejected row right, but say that it is no row at all", () => {
    expect(ids(row({ fate: "rejected", reason: "missing_date" }), "rejected")).toEqual(["not_data"]);
  });

  it("take a sum or a heading as a row, and back", () => {
    expect(ids(row({ fate: "not_data" }), "not_data")).toEqual(["data"]);
    expect(ids(row({ fate: "new" }), "new")).toEqual(["leave_out", "not_data"]);
  });
});

import { describe, expect, it } from "vitest";
import type { LogRow } from "$lib/ipc/bindings";
import { dueMonths } from "./months";
import { doubtSentence, eventSentence } from "./strings";

const row = (change: Partial<LogRow>): LogRow => ({
  seq: 7, at: 0, profile: "m", profileName: "Maren Okafor", device: "d", action: "view", code: "view", record: null, detail: "", number: null, result: "done", inHistory: false, ...change,
});

describe("a line of the log", () => {
  it("names the record as it is called now, or says that it is gone", () => {
    expect(eventSentence(row({ record: { kind: "referral", id: "r", name: "R. Achterberg" } }))).toBe("R. Achterberg opened (referral)");
    expect(eventSentence(row({ record: { kind: "referral", id: "r", name: "" } }))).toBe("A record that is gone opened (referral)");
    expect(eventSentence(row({ detail: "history_entry", number: 12 }))).toBe("Entry 12 of history opened");
  });

  it("says how somebody came in or tried to", () => {
    expect(eventSentence(row({ action: "sign_in", code: "sign_in", detail: "passphrase" }))).toBe("Unlocked with the passphrase");
    expect(eventSentence(row({ action: "failed_sign_in", code: "sign_in_failed", detail: "recovery" }))).toBe("Tried to unlock with the recovery key");
    expect(eventSentence(row({ action: "doubt", code: "sign_ins_doubtful", detail: "changed" }))).toBe("The file of failed sign-ins was changed outside Baton");
  });

  it("has words for a code nobody foresaw", () => {
    expect(eventSentence(row({ action: "restore", code: "restore_done", detail: "baton-2026-11-02" }))).toBe("Restore baton-2026-11-02");
  });
});

describe("what waits and what is in doubt", () => {
  it("is told in months", () => {
    const next = { from: "2026-10-01", to: "2026-10-31" };
    expect(dueMonths({ next, months: 1 })).toBe("October 2026");
    expect(dueMonths({ next, months: 3 })).toBe("October 2026 and 2 more months");
  });

  it("is told with its position", () => {
    expect(doubtSentence({ kind: "history_broken", entry: 1284 })).toBe("Entry 1,284 was changed outside Baton.");
    expect(doubtSentence({ kind: "head_ahead", known: 20, found: 12 })).toContain("Known up to entry 20, found 12.");
  });
});

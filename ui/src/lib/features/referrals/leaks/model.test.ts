import { describe, expect, it } from "vitest";
import { actionOf, actOf, leakGroups, leakKey, nextWeekday, remedyOf, waitsFor, within } from "./model";
import { codeFor } from "./reasons";
import { leak } from "./testing";

describe("leaks", () => {
  it("stand by kind, whom it hurts most first", () => {
    const groups = leakGroups([leak("a", "overdue_step", "contacted"), leak("b", "went_elsewhere"), leak("c", "lost_contact"), leak("d", "overdue_step", "seen")]);
    expect(groups.map(({ kind, leaks }) => [kind, leaks.map((one) => one.row.id)])).toEqual([["lost_contact", ["c"]], ["overdue_step", ["a", "d"]], ["went_elsewhere", ["b"]]]);
  });

  it("keep two leaks of one referral apart", () => {
    expect(leakKey(leak("a", "overdue_step", "contacted"))).not.toBe(leakKey(leak("a", "lost_contact")));
  });

  it("offer one act: try something, then say it goes on, then nothing", () => {
    expect([actOf(leak("a", "no_show")), actOf(leak("a", "no_show", "rebooked", { action: "Call" })), actOf(leak("a", "no_show", "rebooked", { action: "Call", result: "recovered" }))]).toEqual(["recover", "kept", null]);
  });

  it("can be narrowed to those nobody has taken up", () => {
    const all = [leak("a", "no_show"), leak("b", "no_show", "rebooked", { action: "Call" }), leak("c", "went_elsewhere")];
    expect([within(all, "untouched"), within(all, "tried"), within(all, "gone"), within(all, "all")].map((list) => list.map((one) => one.row.id))).toEqual([["a", "c"], ["b"], ["c"], ["a", "b", "c"]]);
  });

  it("propose what fits the kind and the direction", () => {
    const out = { direction: "outbound" as const };
    expect([remedyOf(leak("a", "no_report", "report_sent")), remedyOf(leak("a", "no_report", "report_received", {}, out)), remedyOf(leak("a", "overdue_step", "acknowledged"))]).toEqual(["Send our report", "Call and ask for their report", "Acknowledge to the sender"]);
    expect(waitsFor(leak("a", "overdue_step", "own_triage"), new Map([["own_triage", "Triage"]]))).toBe("Triage");
  });

  it("give an action a day, and take the day with the action", () => {
    const one = leak("a", "no_show", "rebooked", { reason: "wait" });
    expect(actionOf(one, { action: "Call" }, "2026-11-27")).toMatchObject({ kind: "no_show", step: "rebooked", reason: "wait", action: "Call", actionDueOn: "2026-11-30" });
    expect(actionOf({ ...one, action: "Call", actionDueOn: "2026-11-30" }, { action: null }, "2026-11-27").actionDueOn).toBeNull();
    expect(nextWeekday("2026-11-26")).toBe("2026-11-27");
  });
});

describe("a new reason", () => {
  it("has a code of its own, within what a record keeps", () => {
    const taken = new Set(["wait"]);
    const codes = [codeFor("They moved away", taken), codeFor("They moved away", taken), codeFor("年", taken), codeFor("x".repeat(120), taken)];
    expect(codes).toEqual(["own_they_moved_away", "own_they_moved_away_2", "own_reason", `own_${"x".repeat(28)}`]);
    expect(codes.every((code) => code.length <= 40)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { blankTouch, isBlankTouch, lacks, ofRow, readCost, readTime, readTouchDraft, toConcern, toTouch, withForm, writeTime } from "./touchForm";

const today = "2026-11-20";
const pine = { id: "p", name: "Pine Hollow" };

describe("the form of a touch", () => {
  it("needs nothing but the partner", () => {
    expect(lacks(blankTouch(today))).toBe("partner");
    const fields = blankTouch(today, pine);
    expect(lacks(fields)).toBeNull();
    expect(toTouch(fields, today)).toEqual({
      partner: "p", people: [], referral: null, on: today, at: null, form: "visit", startedBy: "us", twoWay: true, bulk: false, category: null,
      purpose: "", learned: "", minutes: 45, costCents: 0, costKind: null, keptPrivate: false, next: null,
    });
  });

  it("brings the usual minutes and answer of a form until they are said", () => {
    const fields = blankTouch(today, pine);
    expect(withForm(fields, "letter")).toMatchObject({ minutes: "10", twoWay: false });
    expect(withForm(fields, "lunch")).toMatchObject({ minutes: "90", twoWay: true, costKind: "meal" });
    expect(withForm({ ...fields, minutes: "20", minutesTyped: true }, "call")).toMatchObject({ minutes: "20", twoWay: true });
    expect(withForm({ ...fields, twoWay: false, twoWaySaid: true }, "call").twoWay).toBe(false);
    expect(withForm({ ...fields, twoWay: false, twoWaySaid: true, bulk: true }, "video")).toMatchObject({ twoWay: true, bulk: false });
  });

  it("asks for what goes together", () => {
    const fields = blankTouch(today, pine);
    expect(lacks({ ...fields, minutes: "1441" })).toBe("minutes");
    expect(lacks({ ...fields, cost: "ten" })).toBe("cost");
    expect(lacks({ ...fields, cost: "10" })).toBe("costKind");
    expect(lacks({ ...fields, cost: "0" })).toBeNull();
    expect(lacks({ ...fields, next: "Call Ruth" })).toBe("nextOn");
    expect(lacks({ ...fields, nextOn: "2026-11-27" })).toBe("next");
    expect(lacks({ ...fields, concern: true })).toBe("concern");
    expect(lacks({ ...fields, at: "25:00" })).toBe("at");
  });

  it("sends the next step and the concern", () => {
    const fields = { ...blankTouch(today, pine), next: " Call Ruth ", nextOn: "2026-11-27", promised: true, concern: true, learned: "Faxes get lost", severity: "3" as const };
    expect(toTouch(fields, today).next).toEqual({ title: "Call Ruth", dueOn: "2026-11-27", promised: true });
    expect(toConcern(fields)).toEqual({ category: "communication", severity: 3 });
    expect(toConcern({ ...fields, concern: false })).toBeNull();
  });

  it("reads times and money as people type them", () => {
    const cases: [string, number | null | undefined][] = [["", null], ["9:30", 570], ["930", 570], ["14.05", 845], ["2 pm", 840], ["12am", 0], ["12 pm", 720], ["13pm", undefined], ["24:00", undefined], ["noon", undefined]];
    for (const [typed, minute] of cases) expect(readTime(typed), typed).toBe(minute);
    expect(writeTime(545)).toBe("9:05");
    expect([readCost("$1,200"), readCost("24.5"), readCost(""), readCost("-1")]).toEqual([120_000, 2_450, null, undefined]);
  });

  it("edits what is there, and a draft comes back", () => {
    const row = {
      id: "t", partner: pine, people: [{ id: "r", name: "Ruth" }], referral: null, on: "2026-11-02", at: 570, form: "call" as const, startedBy: "them" as const, twoWay: true, bulk: false,
      category: "education" as const, purpose: "A", learned: "B", minutes: 12, costCents: 1_240, costKind: "meal" as const, keptPrivate: true, withheld: false,
      heldBy: { id: "m", name: "Maren", initials: "MO" }, next: null, changedAt: 1,
    };
    const fields = ofRow(row);
    expect(toTouch(fields, today)).toMatchObject({ on: "2026-11-02", at: 570, people: ["r"], costCents: 1_240, costKind: "meal", startedBy: "them", keptPrivate: true, minutes: 12 });
    expect(readTouchDraft(JSON.stringify(fields), today)).toEqual(fields);
    expect(readTouchDraft("{", today)).toBeNull();
    expect(readTouchDraft('{"form":"pigeon"}', today)).toBeNull();
    expect(isBlankTouch(blankTouch(today, pine))).toBe(true);
    expect(isBlankTouch(fields)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import type { Inquiry } from "$lib/ipc/bindings";
import { blankCall, isBlank, minuteOf, readDraft, timeOf, toForm, typedOf } from "./model";

const today = "2026-11-20";

describe("times", () => {
  it("are read as hours and minutes of a day, and nothing else is a time", () => {
    expect([minuteOf("16:50"), minuteOf("0:05"), minuteOf(" "), minuteOf("24:00"), minuteOf("9"), minuteOf("9:5")]).toEqual([1010, 5, null, undefined, undefined, undefined]);
    expect([timeOf(1010), timeOf(5), timeOf(null)]).toEqual(["16:50", "00:05", ""]);
  });
});

describe("a call", () => {
  it("begins now and answered, and is sent without what does not apply", () => {
    const typed = { ...blankCall(today, "16:50"), patient: " Ann Ames ", callerName: "Her daughter" };
    const sent = toForm(typed);
    expect("form" in sent && sent.form).toMatchObject({ patient: { name: "Ann Ames", chartNumber: null, patient: null }, minute: 1010, answeredOn: today, answeredMinute: 1010, callerName: null, source: null });
    expect(toForm({ ...typed, at: "late", callbackAt: "noon" })).toEqual({ unread: ["minute", "callbackMinute"] });
  });

  it("comes back from the record as it was sent", () => {
    const one: Inquiry = {
      id: "i", patientId: "p", patient: "Ann Ames", chartNumber: null, askedOn: "2026-11-02", minute: 600, channel: "web", caller: "family", callerName: "Her daughter", callerPhone: null,
      question: "Hips", serviceLine: null, source: "s", sourceName: "Pine Hollow", answeredOn: null, answeredMinute: null, callbackOn: "2026-11-23", callbackMinute: null,
      calledBackOn: null, signedUpOn: null, droppedOn: null, droppedReason: null, referral: null, step: "asked", visits: [], takenBy: "Maren",
    };
    const sent = toForm(typedOf(one));
    expect("form" in sent && sent.form).toMatchObject({ askedOn: "2026-11-02", minute: 600, channel: "web", callerName: "Her daughter", source: { kind: "known", partner: "s", person: null }, answeredMinute: null, callbackOn: "2026-11-23" });
  });

  it("survives as a draft, and an empty or unreadable one is none", () => {
    const typed = { ...blankCall(today, "16:50"), question: "Hips" };
    expect(readDraft(JSON.stringify(typed), today, "17:00")).toEqual(typed);
    expect(readDraft(JSON.stringify(blankCall(today, "16:50")), today, "17:00")).toBeNull();
    expect(readDraft("nonsense", today, "17:00")).toBeNull();
    expect(isBlank(blankCall(today, "16:50"))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { Answers, Consent, Experience, StepShown } from "$lib/ipc/bindings";
import { isEmpty, joined, merged } from "./answers";
import { closingsOf, noteOf } from "./closings";
import { statesOf } from "./consent";
import { asksForCall, emptyForm, formOf, hasWords, newExperience } from "./experience";
import { mayRestrict } from "./mayRestrict";
import { afterKey } from "./rating";

const consent = (more: Partial<Consent> = {}): Consent => ({
  id: "c", purpose: "thank_you", given: true, on: "2026-11-02", form: "written", expiresOn: null, revokedOn: null, note: null, by: "Ana", ...more,
});
const nothing: Answers = {
  prequal: { reason: null, workup: null, records: null, insurance: null },
  intent: { urgentNeed: null, informed: null, readyToBook: null },
  confidence: null,
  needs: { patient: null, sender: null, receiver: null },
  served: { patient: null, sender: null, receiver: null, intermediary: null },
  secondOpinion: null,
  travel: { credentials: null, records: null, aftercare: null, complications: null, consent: null },
  travelOverride: null, homeDoctor: null, documents: [], plan: null, help: null,
};

describe("consent in words", () => {
  it("has every purpose, also those nobody asked about", () => {
    const states = statesOf([], []);
    expect(states.map((one) => one.purpose)).toEqual(["treatment", "thank_you", "success_story", "marketing"]);
    expect(states[0]?.sentence).toContain("except with whoever treats the patient");
    expect(states[1]?.sentence).toBe("No record: counts as refused.");
    expect(states.every((one) => !one.revocable)).toBe(true);
  });

  it("says until when it holds, and keeps what was said before", () => {
    const [, state] = statesOf([consent({ id: "new", expiresOn: "2026-12-31" }), consent({ id: "old", given: false })], [{ purpose: "thank_you", gate: "allowed" }]);
    expect(state?.sentence).toContain("in writing");
    expect(state?.sentence).toContain("December 31");
    expect(state).toMatchObject({ revocable: true });
    expect(state?.earlier.map((one) => one.id)).toEqual(["old"]);
  });

  it("says that a refusal and a word taken back bind treatment too", () => {
    const no = consent({ purpose: "treatment", given: false });
    expect(statesOf([no], [{ purpose: "treatment", gate: "refused" }])[0]?.sentence).toContain("binds whoever treats");
    const back = consent({ purpose: "treatment", revokedOn: "2026-11-20" });
    const [state] = statesOf([back], [{ purpose: "treatment", gate: "revoked" }]);
    expect(state?.sentence).toContain("November 20");
    expect(state?.revocable).toBe(false);
  });

  it("says what an end means for treatment and for the rest", () => {
    const past = consent({ purpose: "treatment", expiresOn: "2026-11-01" });
    expect(statesOf([past], [{ purpose: "treatment", gate: "expired" }])[0]?.sentence).toContain("except with");
    expect(statesOf([consent({ expiresOn: "2026-11-01" })], [{ purpose: "thank_you", gate: "expired" }])[1]?.sentence).not.toContain("except");
  });
});

describe("a rating by key", () => {
  it("takes a figure, a quick 1 and 0 as ten, and is emptied by Backspace", () => {
    expect(afterKey("7", 10, false)).toBe(7);
    expect(afterKey("0", 10, false)).toBe(0);
    expect(afterKey("0", 10, true)).toBe(10);
    expect(afterKey("0", 5, true)).toBe(0);
    expect(afterKey("Backspace", 10, false)).toBeNull();
  });
  it("leaves alone what is no figure of the scale", () => {
    expect(afterKey("6", 5, false)).toBeUndefined();
    expect(afterKey("a", 10, false)).toBeUndefined();
    expect(afterKey("F7", 10, false)).toBeUndefined();
  });
});

describe("answers", () => {
  it("touch nothing that was not touched", () => {
    const there: Answers = { ...nothing, documents: [{ name: "MRI", there: false }], prequal: { ...nothing.prequal, records: "no" } };
    const after = merged(there, { prequal: { reason: "yes" }, confidence: null });
    expect(after.prequal).toEqual({ reason: "yes", workup: null, records: "no", insurance: null });
    expect(after.documents).toEqual(there.documents);
  });
  it("gather until they are saved, the later word last", () => {
    const all = joined(joined({ needs: { patient: "no" } }, { needs: { sender: "yes" } }), { needs: { patient: "partly" }, confidence: 3 });
    expect(all).toEqual({ needs: { patient: "partly", sender: "yes" }, confidence: 3 });
    expect(isEmpty(all)).toBe(false);
    expect(isEmpty({})).toBe(true);
  });
});

describe("an experience", () => {
  const one: Experience = { id: "e", visitOn: "2026-11-02", rating: 6, confidence: null, tookPart: null, comment: null, followedUpOn: null, followUpNote: null };
  it("asks for a call at 6 or less, until somebody made it; what is not known asks for none", () => {
    expect(asksForCall(one)).toBe(true);
    expect(asksForCall({ ...one, rating: 7 })).toBe(false);
    expect(asksForCall({ ...one, rating: null })).toBe(false);
    expect(asksForCall({ ...one, followedUpOn: "2026-11-03" })).toBe(false);
  });
  it("survives in a draft, and what is no draft is none", () => {
    const form = { ...emptyForm("2026-11-02"), rating: 0, comment: "Waited 🕰️" };
    expect(hasWords(form)).toBe(true);
    expect(formOf(JSON.stringify(form))).toEqual(form);
    expect([formOf(null), formOf("{"), formOf("[]"), formOf('{"comment":3}')]).toEqual([null, null, null, null]);
    expect(newExperience({ ...form, comment: "  " }).comment).toBeNull();
  });
});

describe("who works with restricted referrals", () => {
  const who = (writes: boolean, hides: boolean) => ({ writes: () => writes, hides: () => hides });
  it("changes referrals and sees patients", () => {
    expect([mayRestrict(who(true, false)), mayRestrict(who(false, false)), mayRestrict(who(true, true))]).toEqual([true, false, false]);
  });
});

describe("earlier closings", () => {
  const step = (more: Partial<StepShown>): StepShown => ({ id: "s", step: "attempt", on: "2026-11-02", minute: null, by: "Ana", note: null, ...more });
  it("stay, with how it had ended in a word and why it went on", () => {
    const told = closingsOf([step({}), step({ id: "a", step: "closed_before", note: "no_show" }), step({ id: "b", step: "reopened", note: "The patient called" })]);
    expect(told.map(({ name, note }) => [name, note])).toEqual([["Was closed", "No-show"], ["Reopened", "The patient called"]]);
  });
  it("leave other notes as they stand", () => {
    expect(noteOf(step({ note: "lost" }))).toBe("lost");
    expect(noteOf(step({ step: "closed_before", note: null }))).toBeNull();
  });
});

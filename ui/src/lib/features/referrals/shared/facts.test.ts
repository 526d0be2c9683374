import { describe, expect, it } from "vitest";
import { blankFacts, fromAfar, noFacts, toFacts, typedFacts } from "./facts";

describe("how a patient came to us", () => {
  it("is sent trimmed and typed again as it was", () => {
    const typed = { ...blankFacts, channel: "friend" as const, detail: " Aunt ", reportHomeDoctor: "yes" as const };
    const facts = toFacts(typed);
    expect(facts).toMatchObject({ channel: "friend", detail: "Aunt", whyUs: null, reportHomeDoctor: "yes", feeAgreed: null });
    expect(toFacts(typedFacts(facts))).toEqual(facts);
  });
  it("knows nothing where nothing was typed, and who is from afar", () => {
    expect([noFacts(blankFacts), fromAfar(blankFacts)]).toEqual([true, false]);
    expect(fromAfar({ ...blankFacts, country: "DE" })).toBe(true);
  });
});

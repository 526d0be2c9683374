import { describe, expect, it } from "vitest";
import { fresh, guestOf, readDraft, rewardOf, strangerOf, type Guest } from "./rewardForm.svelte";

const physician = (id: string): Guest => guestOf({ whom: { kind: "person", id }, name: id, detail: "", recipient: "physician", partner: null });
const typed = (guests: Guest[]) => ({ ...fresh(), on: "2026-11-25", amount: "10", what: "A book", guests });

describe("the form of a gift", () => {
  it("asks nothing while nothing can be said", () => {
    expect(rewardOf({ ...fresh(), guests: [physician("ito")] })).toBeNull();
    expect(rewardOf(typed([]))).toBeNull();
    expect(rewardOf(typed([{ ...physician("ito"), present: false }]))).toBeNull();
  });

  it("lets a guest count to the one physician there is, and to nobody of two", () => {
    const one = rewardOf(typed([physician("ito"), strangerOf("A guest")]));
    expect(one?.shares[1]).toMatchObject({ recipient: "physician_staff", countsTo: "ito" });
    const two = rewardOf(typed([physician("ito"), physician("tully"), strangerOf("A guest")]));
    expect(two?.shares[2]?.countsTo).toBeNull();
  });

  it("gives recognition no value, whatever was typed before", () => {
    expect(rewardOf({ ...typed([physician("ito")]), kind: "recognition", split: "shared" })).toMatchObject({ totalCents: 0, split: "each" });
  });

  it("takes up a draft and nothing else", () => {
    const draft = typed([physician("ito")]);
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
    expect(["", "null", "{}", "[]"].map(readDraft)).toEqual([null, null, null, null]);
  });
});

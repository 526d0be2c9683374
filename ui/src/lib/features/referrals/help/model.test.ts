import { describe, expect, it } from "vitest";
import type { Strengths } from "$lib/ipc/bindings";
import { blank, checkText, isBlank, listOf, metersOf, milesOf, readDraft, toStrengths, toWishes, typedOf, typedStrengths, without, wishLines } from "./model";

const typed = { ...blank, problem: "knee pain", language: " Spanish ", miles: "6.2", insurance: "Acme", needs: "step-free, interpreter, step-free", double: ["language" as const] };

describe("the question", () => {
  it("sends only what is filled in, in meters, each need once", () => {
    expect(toWishes(typed)).toEqual({
      language: "Spanish", gender: null, distanceM: 9978, cost: null, insurance: "Acme", technology: null, contactTime: null,
      needs: ["step-free", "interpreter"], weights: [{ kind: "language", weight: 2 }],
    });
    expect(toWishes({ ...typed, miles: "far" })).toBeUndefined();
  });

  it("is typed again as it was asked", () => {
    const wishes = toWishes(typed);
    if (!wishes) throw new Error("no wishes");
    const again = typedOf("knee pain", wishes);
    expect(again).toMatchObject({ language: "Spanish", miles: "6.2", needs: "step-free, interpreter", double: ["language"] });
    expect(toWishes(again)).toEqual(wishes);
    expect(wishLines(wishes)).toEqual(["Spanish", "up to 6.2 miles", "Acme", "step-free", "interpreter"]);
  });

  it("lets one preference go", () => {
    expect(toWishes(without(typed, "need"))?.needs).toEqual([]);
    expect(without(typed, "distance").miles).toBe("");
    expect(without(typed, "language").insurance).toBe("Acme");
  });

  it("survives as a draft, and an unreadable draft is none", () => {
    expect(readDraft(JSON.stringify(typed))).toEqual(typed);
    expect(readDraft("{")).toBeNull();
    expect(readDraft('{"problem": 4}')).toBeNull();
    expect(isBlank(blank)).toBe(true);
    expect(isBlank(typed)).toBe(false);
  });
});

describe("miles", () => {
  it("are read with a point or a comma, and nothing else is a distance", () => {
    expect([metersOf("10"), metersOf("0,5"), metersOf(" "), metersOf("-3"), metersOf("1e3")]).toEqual([16093, 805, null, undefined, undefined]);
    expect(milesOf(16093)).toBe("10");
  });
});

describe("what is known of a partner", () => {
  const known: Strengths = {
    helpsWith: ["knee pain", "hips"], notSuitedFor: [], languages: ["English"], genders: ["female"], costs: [], insurances: [], noInsurances: [],
    technologies: [], contactTimes: [], needs: [], distanceM: 4321, doNotUse: null,
  };
  it("comes back as it was, its distance to the meter", () => {
    expect(toStrengths(typedStrengths(known), known)).toEqual(known);
    expect(toStrengths({ ...typedStrengths(known), miles: "3" }, known)?.distanceM).toBe(4828);
    expect(toStrengths({ ...typedStrengths(known), miles: "near" }, known)).toBeUndefined();
  });
  it("parts lists by lines and commas", () => {
    expect(listOf("a, b\n b \n\nc")).toEqual(["a", "b", "c"]);
  });
});

describe("a check", () => {
  it("says what is there where it is not met", () => {
    const check = { kind: "language" as const, wish: "Spanish", weight: 1, met: "no" as const, recorded: ["English"] };
    expect(checkText(check)).toBe("Spanish (English)");
    expect(checkText({ ...check, met: "unknown", recorded: [] })).toBe("Spanish");
    expect(checkText({ kind: "distance", wish: "16093", weight: 1, met: "no", recorded: ["32187"] })).toBe("up to 10 miles (20 miles)");
  });
});

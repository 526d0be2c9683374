import { describe, expect, it } from "vitest";
import { initials, matchParts } from "./names";

const bold = (label: string, query: string) => matchParts(label, query).filter((part) => part.hit).map((part) => part.text);

describe("initials", () => {
  it.each([
    ["Maren Okafor", "MO"],
    ["Dr. Keiko Ito, MD", "KI"],
    ["Ito, Keiko", "KI"],
    ["Hanna Sørby", "HS"],
    ["Prof. Dr. José Luis Ávila", "JÁ"],
    ["Cher", "C"],
    ["", ""],
  ])("of %s are %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe("a match", () => {
  it("stands in bold where words begin as typed", () => {
    expect(bold("Keiko Ito, MD", "kei it")).toEqual(["Kei", "It"]);
    expect(bold("Keith Itterby", "it kei")).toEqual(["Kei", "It"]);
  });

  it("does not mind accents and capitals", () => {
    expect(bold("José Ávila", "jose avi")).toEqual(["José", "Ávi"]);
  });

  it("keeps every letter of the label", () => {
    expect(matchParts("Pine Hollow", "hol").map((part) => part.text).join("")).toBe("Pine Hollow");
  });
});

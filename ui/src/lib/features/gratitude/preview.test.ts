import { describe, expect, it } from "vitest";
import { piecesOf } from "./preview";

describe("a letter while it is written", () => {
  it("shows a gap where a line is still missing, and no braces", () => {
    const pieces = piecesOf("Dear Dr. Ito,\n\n{personal_line}\n\nWarmly", ["personal_line"]);
    expect(pieces.map(({ field }) => field)).toEqual([null, "personal_line", null]);
    expect(pieces.filter(({ field }) => field === null).map(({ text }) => text).join("")).not.toContain("{");
  });

  it("leaves alone what is filled, and braces that are no field", () => {
    const text = "We like {braces} and {personal_line}";
    expect(piecesOf(text, []).map(({ text }) => text).join("")).toBe(text);
    expect(piecesOf(text, ["today"]).every(({ field }) => field === null)).toBe(true);
  });
});

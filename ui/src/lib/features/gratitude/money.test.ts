import { describe, expect, it } from "vitest";
import { readMoney, writeMoney } from "./money";

describe("amounts", () => {
  it("are read to the cent and never guessed", () => {
    expect(["132.48", "$132.48", " 1,200 ", "15", "0.5", "535.00"].map(readMoney)).toEqual([13_248, 13_248, 120_000, 1_500, 50, 53_500]);
    expect(["", "-5", "1.234", "12,5 dollars", "abc", "."].map(readMoney)).toEqual([null, null, null, null, null, null]);
  });
  it("are written as they are read", () => {
    for (const cents of [0, 1, 10, 53_501]) expect(readMoney(writeMoney(cents))).toBe(cents);
  });
});

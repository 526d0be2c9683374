import { describe, expect, it } from "vitest";
import { barScale } from "./scale";

describe("a bar chart's axis", () => {
  it("has three grid lines at most, whatever the counts", () => {
    for (let up = 0; up <= 500; up += 7) for (const down of [0, 1, 9, 120]) {
      const { lines, top, bottom } = barScale(up, down);
      expect(lines.length).toBeLessThanOrEqual(3);
      expect(top).toBeGreaterThanOrEqual(up);
      expect(bottom).toBeGreaterThanOrEqual(down);
    }
  });

  it("counts single cases when there are few", () => {
    expect(barScale(3, 0)).toEqual({ top: 3, bottom: 0, lines: [1, 2, 3] });
  });

  it("stands on zero even with nothing to show", () => {
    expect(barScale(0, 0)).toEqual({ top: 1, bottom: 0, lines: [1] });
  });
});

import { describe, expect, it } from "vitest";
import { centsOf, clock, clockWhole, miles, minuteOf, span, tenthsOf, timeText } from "./times";

describe("times of a day outside", () => {
  it("go into a field and back", () => {
    for (const minute of [0, 595, 719, 720, 1439]) expect(minuteOf(timeText(minute))).toBe(minute);
    expect([null, undefined].map(timeText)).toEqual(["", ""]);
    expect(["", "24:00", "9:60", "noon"].map(minuteOf)).toEqual([null, null, null, null]);
  });

  it("are read as people do", () => {
    expect([595, 795].map((minute) => clock(minute, "en-US"))).toEqual(["9:55", "1:15"]);
    expect(clockWhole(795, "en-US")).toMatch(/^1:15\sPM$/);
    expect([24, 60, 100].map(span)).toEqual(["24 min", "1 h 00", "1 h 40"]);
  });

  it("come with miles and money", () => {
    expect([81, 338, 0].map(miles)).toEqual(["8.1 mi", "33.8 mi", "0.0 mi"]);
    expect(["8.1", "12", "8,5", "8.", "", "-1", "8.15"].map(tenthsOf)).toEqual([81, 120, 85, 80, null, null, null]);
    expect(["18.50", "$1,200", "x", "1.234"].map(centsOf)).toEqual([1850, 120000, null, null]);
  });
});

import { describe, expect, it } from "vitest";
import { barOf, isClear, labelsOf, sheetOf, shortName } from "./map";

const office = { latitude: 43.66, longitude: -70.26 };
const north = { latitude: 43.76, longitude: -70.26 };
const east = { latitude: 43.66, longitude: -70.16 };

describe("the map of a day", () => {
  it("has north above and east at the right, with all places on it", () => {
    const sheet = sheetOf([office, north, east], 400, 600);
    const [o, n, e] = [office, north, east].map(sheet.at) as [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number }];
    expect(n.y).toBeLessThan(o.y);
    expect(n.x).toBeCloseTo(o.x);
    expect(e.x).toBeGreaterThan(o.x);
    for (const { x, y } of [o, n, e]) {
      expect(x).toBeGreaterThanOrEqual(55);
      expect(x).toBeLessThanOrEqual(345);
      expect(y).toBeGreaterThanOrEqual(55);
      expect(y).toBeLessThanOrEqual(545);
    }
  });

  it("draws miles alike in both directions", () => {
    const sheet = sheetOf([office, north, east], 400, 600);
    // A tenth of a degree north is 6.909 miles; east of there it is narrower by the cosine of the middle, 43.71 degrees.
    expect(sheet.at(office).y - sheet.at(north).y).toBeCloseTo(6.909 * sheet.scale, 1);
    expect(sheet.at(east).x - sheet.at(office).x).toBeCloseTo(6.909 * Math.cos((43.71 * Math.PI) / 180) * sheet.scale, 1);
    expect(sheetOf([office, north], 400, 600, 2).scale).toBeCloseTo(2 * sheetOf([office, north], 400, 600).scale);
  });

  it("shows one place, and none, without dividing by nothing", () => {
    for (const places of [[office], []]) expect(Number.isFinite(sheetOf(places, 300, 300).scale)).toBe(true);
  });

  it("has a bar of round miles", () => {
    expect(barOf(11.2)).toEqual({ miles: 5, length: 56 });
    expect(barOf(100).miles).toBe(0.5);
  });

  it("writes no name over another, and none off the sheet", () => {
    const points = [{ x: 50, y: 50, text: "Millrace", radius: 11 }, { x: 62, y: 50, text: "Cove Street", radius: 11 }, { x: 195, y: 100, text: "Tamarack", radius: 11 }];
    const found = labelsOf(points, 200, 200);
    expect(found[2]?.anchor).toBe("end");
    const shown = found.filter((label) => label.shown).map((label) => `${label.x},${label.y}`);
    expect(new Set(shown).size).toBe(shown.length);
    const boxes = found.filter((label) => label.shown).map((label) => label.box);
    expect([isClear({ x: 90, y: 50 }, 5, boxes), isClear({ x: 100, y: 150 }, 5, boxes)]).toEqual([false, true]);
  });

  it("shortens names to their first words", () => {
    expect(["Millrace Family Practice", "Cove Street Urgent Care", "Fernbank"].map(shortName)).toEqual(["Millrace", "Cove Street", "Fernbank"]);
  });
});

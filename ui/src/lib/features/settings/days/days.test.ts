import { describe, expect, it } from "vitest";
import type { CalendarDay, SpecialDay } from "$lib/ipc/bindings";
import { daysToAdd, monthBeside, type NewDays, readTime, reasonOf, runsOf, showTime, weeksOf } from "./days";

const day = (on: string, name = "", works = false): SpecialDay => ({ on, name, works });
const none: NewDays = { first: null, last: null, name: "", works: false };

describe("times of day", () => {
  it("are read as people type them", () => {
    const texts = ["8", "8:30", "0830", "830", "8.30", "5 pm", "5:15 p.m.", "12 am", "12pm", "17:00", "24:00", "midnight"];
    expect(texts.map((text) => readTime(text))).toEqual([480, 510, 510, 510, 510, 1020, 1035, 0, 720, 1020, 1440, 1440]);
    expect(["", "noonish", "25", "8:75", "13 pm", "24:30", "8:3"].map((text) => readTime(text))).toEqual([null, null, null, null, null, null, null]);
  });

  it("mean the afternoon where the morning is over before the practice opens", () => {
    expect([readTime("5", 480), readTime("5:30", 480), readTime("9", 480), readTime("5 am", 480), readTime("17", 480)]).toEqual([1020, 1050, 540, 300, 1020]);
  });

  it("are shown in the way of the place, the end of the day as a word", () => {
    expect(showTime(1020, "en-US")).toMatch(/^5:00\sPM$/);
    expect(showTime(1020, "de-DE")).toBe("17:00");
    expect(showTime(1440)).toBe("midnight");
  });
});

describe("days of the practice’s own", () => {
  it("that say the same in a row are one", () => {
    const runs = runsOf([day("2026-12-28", "Break"), day("2026-12-24", "Break"), day("2026-12-25", "Break"), day("2026-12-29", "Break", true)]);
    expect(runs.map(({ from, to, days }) => [from, to, days])).toEqual([["2026-12-24", "2026-12-25", 2], ["2026-12-28", "2026-12-28", 1], ["2026-12-29", "2026-12-29", 1]]);
  });

  it("are added one by one or as a range over the end of a year", () => {
    const one = daysToAdd({ ...none, first: "2026-12-24", name: " Closing early " }, [], String);
    expect(one).toEqual([day("2026-12-24", "Closing early")]);
    const range = daysToAdd({ ...none, first: "2026-12-30", last: "2027-01-02" }, [], String);
    expect(range).toHaveLength(4);
  });

  it("are refused beside the field that is wrong", () => {
    const field = (typed: Partial<NewDays>, known: SpecialDay[] = []) => {
      const found = daysToAdd({ ...none, ...typed }, known, String);
      return Array.isArray(found) ? null : [found.field, found.text];
    };
    expect(field({})?.[0]).toBe("first");
    expect(field({ first: "2026-12-24", last: "2026-12-20" })).toEqual(["last", "The last day is before the first. Choose a later last day."]);
    expect(field({ first: "2026-01-01", last: "2026-12-31" })?.[0]).toBe("last");
    expect(field({ first: "2026-12-24" }, [day("2026-12-24")])).toEqual(["first", "2026-12-24 is on the list already. Remove it there, or choose other days."]);
    expect(field({ first: "2026-12-24", last: "2026-12-26" }, [day("2026-12-25")])?.[0]).toBe("last");
  });
});

describe("a month", () => {
  const shown = (on: string, more: Partial<CalendarDay> = {}): CalendarDay => ({ on, works: false, holiday: null, special: null, ...more });

  it("is laid out in weeks from Sunday", () => {
    const days = Array.from({ length: 30 }, (_, at) => shown(`2026-11-${String(at + 1).padStart(2, "0")}`));
    const weeks = weeksOf("2026-11", [shown("2026-10-31"), ...days, shown("2026-12-01")]);
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]?.on).toBe("2026-11-01");
    expect(weeks[4]?.map((cell) => cell?.on.slice(8) ?? "")).toEqual(["29", "30", "", "", "", "", ""]);
  });

  it("says why a day is not as its weekday", () => {
    expect(reasonOf(shown("2026-11-26", { holiday: "thanksgiving" }))).toBe("Thanksgiving, closed");
    expect(reasonOf(shown("2026-11-28", { special: "Flu Saturday", works: true }))).toBe("Flu Saturday, open");
    expect(reasonOf(shown("2026-11-27", { special: "" }))).toBe("Own day, closed");
    expect(reasonOf(shown("2026-11-29"))).toBeNull();
  });

  it("leads to the next over the end of a year", () => {
    expect([monthBeside("2026-12", 1), monthBeside("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  });
});

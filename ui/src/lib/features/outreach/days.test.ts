import { describe, expect, it } from "vitest";
import type { TaskRow } from "$lib/ipc/bindings";
import { monday, plus, plusMonths, shownRange, stepped, weeksOf } from "./days";
import { groupsOf, whenOf } from "./groups";
import { readTime, timeText } from "./times";

describe("days of the calendar", () => {
  it("keep to the last day of a shorter month", () => {
    expect(plusMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(plusMonths("2026-01-31", -1)).toBe("2025-12-31");
    expect(plusMonths("2028-01-31", 1)).toBe("2028-02-29");
  });
  it("step over the change of the clocks and of the year", () => {
    expect(plus("2026-10-31", 2)).toBe("2026-11-02");
    expect(plus("2026-12-31", 1)).toBe("2027-01-01");
    expect(monday("2026-11-29")).toBe("2026-11-23");
    expect(monday("2026-11-23")).toBe("2026-11-23");
  });
  it("show a month in whole weeks", () => {
    expect(shownRange("month", "2026-11-25")).toEqual({ from: "2026-10-26", to: "2026-12-06" });
    expect(shownRange("month", "2027-02-10")).toEqual({ from: "2027-02-01", to: "2027-02-28" });
    expect(shownRange("week", "2026-11-25")).toEqual({ from: "2026-11-23", to: "2026-11-29" });
    expect(shownRange("day", "2026-11-25")).toEqual({ from: "2026-11-25", to: "2026-11-25" });
    expect(stepped("month", "2026-10-31", 1)).toBe("2026-11-30");
    expect(stepped("week", "2026-11-25", -1)).toBe("2026-11-18");
    expect(weeksOf([1, 2, 3, 4, 5, 6, 7, 8])).toEqual([[1, 2, 3, 4, 5, 6, 7], [8]]);
  });
});

describe("groups of tasks", () => {
  it("end a week on Sunday, as the practice does", () => {
    const when = (day: string) => whenOf(day, "2026-11-25");
    expect(["2026-11-24", "2026-11-25", "2026-11-29", "2026-11-30"].map(when)).toEqual(["overdue", "today", "this_week", "later"]);
    expect(whenOf("2026-11-30", "2026-11-29")).toBe("later");
  });
  it("leave out what holds nothing", () => {
    const rows = [{ dueOn: "2026-11-30" }, { dueOn: "2026-11-20" }] as TaskRow[];
    expect(groupsOf(rows, "2026-11-25").map(({ when }) => when)).toEqual(["overdue", "later"]);
  });
});

describe("a time of day", () => {
  it.each([["9", 540], ["930", 570], ["9:30", 570], ["9.30 pm", 1290], ["21:30", 1290], ["12 am", 0], ["12 pm", 720], ["3", 900], ["7", 420], ["", null]])("reads %s", (text, minute) => {
    expect(readTime(text)).toBe(minute);
  });
  it.each(["25", "9:75", "13 pm", "soon"])("does not guess at %s", (text) => {
    expect(readTime(text)).toBeUndefined();
  });
  it("is written so that it is read again", () => {
    for (const minute of [0, 59, 60, 420, 719, 720, 900, 1439]) expect(readTime(timeText(minute, "en-US"))).toBe(minute);
  });
});

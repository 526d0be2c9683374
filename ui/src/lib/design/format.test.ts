import { describe, expect, it } from "vitest";
import { count, counted, daysAgo, fieldDate, fileSize, instant, knownLocale, longDate, money, monthLetter, monthName, relativeDay, share, shortDate } from "./format";

const us = { locale: "en-US", today: "2026-11-21" };

describe("days", () => {
  it("stand short in columns, with the year only when it is not this year", () => {
    expect(shortDate("2026-09-15", us)).toBe("Sep 15");
    expect(shortDate("2025-09-15", us)).toBe("Sep 15, 2025");
    expect(shortDate(null, us)).toBe("—");
  });

  it("stand in full in sentences", () => {
    expect(longDate("2026-09-17", us)).toBe("Thursday, September 17");
    expect(longDate("2027-03-31", us)).toBe("Wednesday, March 31, 2027");
  });

  it("keep their day in every time zone", () => {
    expect(shortDate("2026-01-01", us)).toBe("Jan 1");
    expect(fieldDate("2026-01-01", us)).toBe("01/01/2026");
    expect(monthName("2026-03", us)).toBe("March 2026");
    expect(monthLetter("2026-03", us)).toBe("M");
  });

  it("near today are told as people say them", () => {
    expect(relativeDay("2026-11-21", us)).toBe("today");
    expect(relativeDay("2026-11-22", us)).toBe("tomorrow");
    expect(relativeDay("2026-11-20", us)).toBe("yesterday");
    expect(relativeDay("2026-11-26", us)).toBe("Thursday");
    expect(relativeDay("2026-11-28", us)).toBe("Nov 28");
  });

  it("since are counted in d, and an unknown day is a dash", () => {
    expect(daysAgo("2026-10-26", us)).toBe("26 d");
    expect(daysAgo(undefined, us)).toBe("—");
  });

  it("are written in US English where the machine names no language", () => {
    expect(knownLocale("c")).toBe("en-US");
    expect(knownLocale(undefined)).toBe("en-US");
    expect(knownLocale("de-DE")).toBe("de-DE");
  });

  it("follow the locale", () => {
    expect(fieldDate("2026-09-03", { locale: "de-DE" })).toBe("03.09.2026");
  });
});

describe("instants", () => {
  it("say today and yesterday with the time", () => {
    const at = new Date(2026, 10, 21, 9, 41).getTime();
    expect(instant(at, us).replace(/\s/g, " ")).toBe("today 9:41 AM");
    expect(instant(at - 86_400_000, us).replace(/\s/g, " ")).toBe("yesterday 9:41 AM");
    expect(instant(at - 10 * 86_400_000, us).replace(/\s/g, " ")).toBe("Nov 11, 9:41 AM");
  });
});

describe("numbers", () => {
  it("have separators, and an unknown one is a dash and never 0", () => {
    expect(count(1371, us)).toBe("1,371");
    expect(count(null, us)).toBe("—");
    expect(count(0, us)).toBe("0");
  });

  it("agree with their noun", () => {
    expect(counted(1, "partner", "partners", us)).toBe("1 partner");
    expect(counted(247, "partner", "partners", us)).toBe("247 partners");
  });

  it("of money come from whole cents", () => {
    expect(money(14490, us)).toBe("$144.90");
    expect(money(null, us)).toBe("—");
  });

  it("of bytes are rounded to what one can grasp", () => {
    expect(fileSize(1_420_000, us)).toBe("1.4 MB");
    expect(fileSize(512, us)).toBe("512 bytes");
  });
});

describe("a share", () => {
  it("of fewer than five cases has no percent", () => {
    expect(share(3, 4, us)).toEqual({ text: "3 of 4", percent: null, few: true });
  });

  it("of five to nineteen cases is few", () => {
    expect(share(14, 16, us)).toEqual({ text: "14 of 16", percent: "88 %", few: true });
    expect(share(5, 5, us)).toEqual({ text: "5 of 5", percent: "100 %", few: true });
  });

  it("of twenty cases or more stands by itself", () => {
    expect(share(15, 20, us)).toEqual({ text: "15 of 20", percent: "75 %", few: false });
  });

  it("of nothing is a dash", () => {
    expect(share(0, 0, us)).toEqual({ text: "—", percent: null, few: false });
  });
});

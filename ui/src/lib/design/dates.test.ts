import { describe, expect, it } from "vitest";
import { datePattern, readDate } from "./dates";

const us = { locale: "en-US", today: "2026-11-21" };
const iso = (typed: string, more = {}) => readDate(typed, { ...us, ...more });

describe("an empty date field", () => {
  it("shows how a day is written here", () => {
    expect(datePattern("en-US")).toBe("mm/dd/yyyy");
    expect(datePattern("de-DE")).toBe("dd.mm.yyyy");
  });
});

describe("a typed day", () => {
  it.each([
    ["9/3", "2026-09-03"],
    ["09/03/2026", "2026-09-03"],
    ["9-3-26", "2026-09-03"],
    ["9.3.2025", "2025-09-03"],
    ["2026-09-03", "2026-09-03"],
    ["09032026", "2026-09-03"],
    ["Sep 3", "2026-09-03"],
    ["sept 3, 2025", "2025-09-03"],
    ["3 September", "2026-09-03"],
    ["Thursday, September 3", "2026-09-03"],
    ["today", "2026-11-21"],
    ["Yesterday", "2026-11-20"],
    ["-2", "2026-11-19"],
    ["3 days ago", "2026-11-18"],
    ["monday", "2026-11-16"],
    ["sat", "2026-11-14"],
  ])("%s is %s", (typed, expected) => {
    expect(iso(typed)).toEqual({ iso: expected });
  });

  it("without a year lies in the past unless the field looks ahead", () => {
    expect(iso("12/24")).toEqual({ iso: "2025-12-24" });
    expect(iso("12/24", { lean: "future" })).toEqual({ iso: "2026-12-24" });
    expect(iso("2/29")).toEqual({ iso: "2024-02-29" });
    expect(iso("next Friday", { lean: "future" })).toEqual({ iso: "2026-11-27" });
    expect(iso("+7", { lean: "future" })).toEqual({ iso: "2026-11-28" });
  });

  it("with two digits of a year means the near one", () => {
    expect(iso("5/1/85")).toEqual({ iso: "1985-05-01" });
    expect(iso("5/1/30")).toEqual({ iso: "2030-05-01" });
  });

  it("is read day first where people write it so", () => {
    expect(readDate("3/9/2026", { locale: "en-GB", today: "2026-11-21" })).toEqual({ iso: "2026-09-03" });
  });

  it("may be left empty", () => {
    expect(iso("  ")).toEqual({ iso: null });
  });

  it("that does not exist is refused", () => {
    expect(iso("2/30")).toEqual({ error: "That day does not exist. Check the month and the day." });
    expect(iso("13/13/2026")).toEqual({ error: "That day does not exist. Check the month and the day." });
  });

  it("that cannot be read says how to type one", () => {
    expect(iso("soon")).toEqual({ error: "That is not a day we can read. Type it like 9/3, Sep 3 or today." });
  });

  it("out of range says what would be in it", () => {
    expect(iso("03/31/2027", { max: "2026-11-21" })).toEqual({ error: "Wednesday, March 31, 2027 is in the future. Give a day up to today." });
    expect(iso("1/1/1890", { min: "1900-01-01" })).toMatchObject({ error: expect.stringContaining("Monday, January 1, 1900") });
  });
});

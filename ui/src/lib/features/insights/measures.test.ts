import { describe, expect, it } from "vitest";
import type { Ratio, Scorecard } from "$lib/ipc/bindings";
import { findCards, joinMonths, ratioWords, sortCards } from "./measures";

const ratio = (over: Partial<Ratio>): Ratio => ({ a: 0, b: 0, percent: null, low: null, high: null, size: "none", ...over });
const card = (name: string, received: number, conversion: Ratio = ratio({}), over: Partial<Scorecard> = {}): Scorecard => ({
  partner: name, name, class: "medical", type: "primary_care", owner: null, status: "active", received, seen: 0, noShow: 0, declined: 0, lost: 0, open: 0, months: [],
  conversion: { ratio: conversion, pending: 0 }, timeToConversion: { median: null, p90: null, n: 0 }, lastOn: null, change: { before: 0, difference: received, percent: null }, ...over,
});
const names = (cards: readonly Scorecard[]) => cards.map((one) => one.name);

describe("a share", () => {
  it("is unknown without a case, never 0", () => {
    expect(ratioWords(ratio({}), "en-US")).toEqual({ text: "—", percent: null, note: null, range: null });
  });
  it("has no percentage below five cases", () => {
    expect(ratioWords(ratio({ a: 3, b: 4, size: "too_few" }), "en-US")).toEqual({ text: "3 of 4", percent: null, note: "too few", range: null });
  });
  it("says few below twenty", () => {
    expect(ratioWords(ratio({ a: 14, b: 16, percent: 87.5, low: 64, high: 96.5, size: "few" }), "en-US")).toEqual({ text: "14 of 16", percent: "87.5 %", note: "few", range: "64.0 to 96.5 %" });
  });
});

describe("the order of scorecards", () => {
  const few = card("Few", 3, ratio({ a: 3, b: 3, size: "too_few" }));
  const good = card("Good", 20, ratio({ a: 18, b: 20, percent: 90, size: "enough" }));
  const poor = card("Poor", 20, ratio({ a: 4, b: 20, percent: 20, size: "enough" }));

  it("ranks no share of fewer than five, whichever way it goes", () => {
    expect(names(sortCards([few, poor, good], { column: "conversion", descending: true }))).toEqual(["Good", "Poor", "Few"]);
    expect(names(sortCards([few, poor, good], { column: "conversion", descending: false }))).toEqual(["Poor", "Good", "Few"]);
  });
  it("puts equals in the order of their names", () => {
    expect(names(sortCards([poor, good, few], { column: "received", descending: true }))).toEqual(["Good", "Poor", "Few"]);
  });
  it("leaves what it was given as it was", () => {
    const given = [poor, good];
    sortCards(given, { column: "partner", descending: false });
    expect(names(given)).toEqual(["Poor", "Good"]);
  });
});

describe("months of two periods", () => {
  it("are one row, a month both touch counted together", () => {
    const month = (of: string, received: number) => ({ month: of, received, seen: 0 });
    expect(joinMonths([month("2025-10", 2), month("2025-11", 1)], [month("2025-11", 3), month("2025-12", 0)])).toEqual([
      { month: "2025-10", up: 2 }, { month: "2025-11", up: 4 }, { month: "2025-12", up: 0 },
    ]);
  });
});

describe("finding a partner", () => {
  it("needs every word, in any order and case", () => {
    expect(names(findCards([card("Pine Hollow Family Medicine", 1), card("Pine Street Urgent Care", 1)], "family pine"))).toEqual(["Pine Hollow Family Medicine"]);
  });
});

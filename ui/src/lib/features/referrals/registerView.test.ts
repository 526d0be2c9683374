import { describe, expect, it } from "vitest";
import { narrowedBy, noFilter, orderOf, queryOf, registerView, sortOf } from "./registerView.svelte";

const newest = { sort: "received", reversed: false } as const;

describe("the register's filter", () => {
  it("leaves everything in when nothing is said", () => {
    expect(queryOf(noFilter, newest)).toEqual({
      period: null, from: null, to: null, direction: null, partner: null, states: [], classes: [], diagnosisGroup: null, country: null, text: null, sort: "received", reversed: false,
    });
    expect(narrowedBy(noFilter)).toBe(0);
  });

  it("asks for own days only while own days are chosen", () => {
    const days = { ...noFilter, from: "2026-01-01", to: "2026-03-31" };
    expect(queryOf({ ...days, period: "own" }, newest)).toMatchObject({ period: null, from: "2026-01-01", to: "2026-03-31" });
    expect(queryOf({ ...days, period: "this_year" }, newest)).toMatchObject({ period: "this_year", from: null, to: null });
  });

  it("asks for a group of diagnoses and a country, and counts them", () => {
    const narrow = { ...noFilter, diagnosisGroup: "Knee", country: "DE" };
    expect(queryOf(narrow, newest)).toMatchObject({ diagnosisGroup: "Knee", country: "DE" });
    expect(narrowedBy(narrow)).toBe(2);
  });

  it("sorts the newest first and names from A to Z, unless reversed", () => {
    expect(orderOf("received", true)).toEqual({ sort: "received", reversed: false });
    expect(orderOf("patient", false)).toEqual({ sort: "patient", reversed: false });
    expect(sortOf(orderOf("received", false))).toEqual({ column: "received", descending: false });
    expect(sortOf(orderOf("partner", true))).toEqual({ column: "partner", descending: true });
  });

  it("forgets names when the practice is left", () => {
    registerView.showPatient("R. Achterberg");
    expect(registerView.filter.text).toBe("R. Achterberg");
    registerView.leave();
    expect(registerView.filter).toEqual(noFilter);
  });
});

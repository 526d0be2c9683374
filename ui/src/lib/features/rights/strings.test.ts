import { describe, expect, it } from "vitest";
import type { Rights } from "$lib/ipc/bindings";
import { summary } from "./strings";

const nothing: Rights = {
  network: "none", referrals: "none", gratitude: "none", outreach: "none", insights: "none", exchange: "none", history: "none", vault: "none",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: false, manageProfiles: false,
};

describe("what a role may do in a sentence", () => {
  it("says what it changes, sees and does not see", () => {
    const liaison: Rights = { ...nothing, network: "write", referrals: "read", gratitude: "none", outreach: "none", insights: "read", hidden: { patients: true, reason: true, money: true } };
    expect(summary(liaison)).toBe("Changes partners and people; sees referrals and scorecards. Hidden: who patients are, why they were referred, and amounts. No export.");
  });

  it("says so when there is nothing", () => {
    expect(summary(nothing)).toBe("Sees nothing. No export.");
  });

  it("says whose records, if not everybody’s", () => {
    expect(summary({ ...nothing, network: "read", scope: "own" })).toBe("Sees partners and people. Only their own records. No export.");
    expect(summary({ ...nothing, network: "read", scope: "team" })).toBe("Sees partners and people. Only their team’s records. No export.");
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { Rights } from "$lib/ipc/bindings";
import { access } from "./access.svelte";

const owner: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};

afterEach(() => {
  access.rights = null;
  access.readOnly = false;
  access.earlierDay = false;
});

describe("access", () => {
  it("counts a level as all below it", () => {
    access.rights = { ...owner, network: "write", referrals: "read", gratitude: "read", insights: "none" };
    expect([access.sees("network"), access.writes("network")]).toEqual([true, true]);
    expect([access.sees("referrals"), access.writes("referrals")]).toEqual([true, false]);
    expect(access.sees("insights")).toBe(false);
  });

  it("offers an import only to who may write all of it and sees patients", () => {
    access.rights = owner;
    expect(access.imports).toBe(true);
    access.rights = { ...owner, hidden: { ...owner.hidden, patients: true } };
    expect(access.imports).toBe(false);
    access.rights = { ...owner, network: "read" };
    expect(access.imports).toBe(false);
  });

  it("offers what takes everybody’s records only to who sees them", () => {
    access.rights = { ...owner, scope: "own" };
    expect([access.imports, access.audits, access.holds, access.releases]).toEqual([false, false, false, false]);
    expect(access.writes("network")).toBe(true);
    access.rights = owner;
    expect([access.imports, access.audits, access.holds, access.releases]).toEqual([true, true, true, true]);
  });

  it("offers to put a field back where its room may be changed", () => {
    access.rights = { ...owner, network: "write", referrals: "read", manageProfiles: false };
    expect(["partner", "contact_point", "referral", "patient", "profile", "setting", "role_rights"].filter((kind) => access.putsBack(kind))).toEqual(["partner", "contact_point"]);
  });

  it("offers nothing that writes where nothing can be written", () => {
    access.rights = owner;
    access.readOnly = true;
    expect([access.writes("network"), access.approves("vault"), access.exports, access.imports, access.releases]).toEqual([false, false, false, false, false]);
    expect(access.sees("network")).toBe(true);
  });

  it("offers no change on an earlier day, not even to an owner", () => {
    access.rights = owner;
    access.earlierDay = true;
    expect([access.sees("referrals"), access.writes("referrals"), access.imports, access.releases]).toEqual([true, false, false, false]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { Rights } from "$lib/ipc/bindings";
import { access } from "./access.svelte";

const owner: Rights = {
  network: "approve", referrals: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};

afterEach(() => {
  access.rights = null;
  access.lookOnly = false;
  access.owner = true;
});

describe("access", () => {
  it("counts a level as all below it", () => {
    access.rights = { ...owner, network: "write", referrals: "read", insights: "none" };
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

  it("offers no change on an earlier day, not even to an owner", () => {
    access.rights = owner;
    access.lookOnly = true;
    expect([access.sees("referrals"), access.writes("referrals"), access.imports, access.decides]).toEqual([true, false, false, false]);
  });

  it("lets a record be changed by who may change its area, and what is managed elsewhere by nobody", () => {
    access.rights = { ...owner, network: "write", referrals: "read" };
    expect(["person", "referral", "role_rights"].map((kind) => access.changes(kind))).toEqual([true, false, false]);
  });
});

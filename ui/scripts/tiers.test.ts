import { describe, expect, it } from "vitest";
import { refusal } from "./tiers.js";

const file = (path: string) => `/home/baton/ui/src/${path}`;

describe("tiers", () => {
  it("let a feature use the design system, the shell and the border to the core", () => {
    for (const source of ["$lib/design", "$lib/shell", "$lib/ipc", "./strings", "../PartnerList.svelte"])
      expect(refusal(file("lib/features/partners/list/List.svelte"), source)).toBeNull();
  });

  it("keep features apart, by alias and by relative path", () => {
    expect(refusal(file("lib/features/partners/List.svelte"), "$lib/features/referrals/rows")).toMatch(/partners may not import referrals/);
    expect(refusal(file("lib/features/partners/List.svelte"), "../referrals/rows")).toMatch(/partners may not import referrals/);
  });

  it("let only the border to the core speak to the window", () => {
    expect(refusal(file("lib/features/vault/Door.svelte"), "@tauri-apps/api/core")).toMatch(/ipc/);
    expect(refusal(file("lib/ipc/call.ts"), "@tauri-apps/api/core")).toBeNull();
  });

  it("keep the design system and the shell free of what stands above them", () => {
    expect(refusal(file("lib/design/Button.svelte"), "$lib/shell")).not.toBeNull();
    expect(refusal(file("lib/design/Button.svelte"), "../features/vault/x")).not.toBeNull();
    expect(refusal(file("lib/shell/AppShell.svelte"), "$lib/ipc")).not.toBeNull();
    expect(refusal(file("lib/shell/AppShell.svelte"), "$lib/design")).toBeNull();
  });

  it("let features share what all records have in common, which knows no feature", () => {
    expect(refusal(file("lib/features/partners/Partner.svelte"), "$lib/records")).toBeNull();
    expect(refusal(file("lib/records/RecordHistory.svelte"), "$lib/ipc/call")).toBeNull();
    expect(refusal(file("lib/records/RecordHistory.svelte"), "$lib/features/partners/strings")).not.toBeNull();
    expect(refusal(file("lib/design/Button.svelte"), "$lib/records")).not.toBeNull();
  });
});

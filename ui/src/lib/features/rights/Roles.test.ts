import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Rights, type RightsOf } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import Roles from "./Roles.svelte";

const liaison: Rights = {
  network: "write", referrals: "read", gratitude: "none", outreach: "none", insights: "read", exchange: "none", history: "none", vault: "none",
  scope: "all", hidden: { patients: true, reason: true, money: true }, export: false, manageProfiles: false,
};
const roles: RightsOf[] = [
  { role: "owner", rights: { ...liaison, manageProfiles: true }, default: liaison, changed: false },
  { role: "liaison", rights: liaison, default: liaison, changed: false },
];
const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });

async function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: Roles as never, props: { nameOf: (role: string) => role } } });
  const role = await screen.findByRole("button", { name: /liaison/ });
  await fireEvent.click(role);
  return role;
}

describe("what the roles may do", () => {
  beforeEach(() => {
    vi.spyOn(commands, "rightsList").mockReturnValue(ok(roles));
  });

  it("is said in a sentence for each, and an owner\u2019s is not for change", async () => {
    const role = await open();
    expect(role.textContent).toMatch(/Changes partners and people; sees referrals and scorecards/);
    expect(screen.getAllByLabelText("Referrals")).toHaveLength(1);
    await fireEvent.click(role);
    expect(screen.queryByLabelText("Referrals")).toBeNull();
  });

  it("is kept as soon as it is chosen", async () => {
    const set = vi.spyOn(commands, "rightsSet").mockReturnValue(ok(null));
    await open();
    await fireEvent.change(await screen.findByLabelText("Referrals"), { target: { value: "write" } });
    expect(set).toHaveBeenCalledExactlyOnceWith("liaison", { ...liaison, referrals: "write" });
    await fireEvent.change(screen.getByLabelText("Whose records"), { target: { value: "team" } });
    expect(set).toHaveBeenLastCalledWith("liaison", { ...liaison, scope: "team" });
    await fireEvent.click(screen.getByLabelText("Amounts"));
    expect(set).toHaveBeenLastCalledWith("liaison", { ...liaison, hidden: { patients: true, reason: true, money: false } });
  });

  it("says beside the role why something was refused", async () => {
    vi.spyOn(commands, "rightsSet").mockResolvedValue({ status: "error", error: { code: "not_allowed", message: "Profiles, roles and keys are changed by an owner of the practice.", field: null } });
    await open();
    await fireEvent.change(await screen.findByLabelText("History"), { target: { value: "read" } });
    expect(await screen.findByText(/changed by an owner/)).toBeTruthy();
  });
});

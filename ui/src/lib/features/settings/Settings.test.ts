import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Rights, type Session } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { sectionsFor } from "./sections";
import Settings from "./Settings.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const session: Session = { practice: "Wrenfield Orthopedics", profile: "m", name: "Maren Okafor", role: "owner", rights, timeZone: "America/New_York", today: "2026-11-21", sample: false, folder: "/home/maren", colleagues: [], newestBackup: null, readOnly: false };
const everybody = { owner: false, sample: false, manages: false, audits: false, seesSetup: false, seesReferrals: false, seesGifts: false, seesTouches: false };

async function open(section: string | undefined, who: Partial<Session> = {}) {
  const door = { practice: null, session: { ...session, ...who }, recent: [], newFolder: "" };
  vi.spyOn(commands, "door").mockReturnValue(ok(door));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const children = createRawSnippet<[string]>((id) => ({ render: () => `<p>the part ${id()}</p>` }));
  render(WithQueries, { props: { client, component: Settings as never, props: { section, roleOf: (role: string) => role, children } } });
  return screen.findByRole("navigation", { name: "Settings" });
}

beforeEach(() => {
  access.rights = rights;
  vi.spyOn(commands, "letterheadGet").mockReturnValue(ok({ address: "", phone: "", fax: "", email: "", web: "", paper: "letter" as const }));
  vi.spyOn(commands, "deskState").mockReturnValue(ok({ asOf: null, policy: { idleMinutes: 10, clipboardSeconds: 60 } }));
});
afterEach(() => {
  access.rights = null;
});

describe("the settings", () => {
  it("list for each only what is there for them", () => {
    const ids = (whose: typeof everybody) => sectionsFor(whose).map(({ id }) => id);
    expect(ids(everybody)).toEqual(["computer", "passphrase", "practice", "ways", "days", "backup", "check", "earlier", "about"]);
    expect(ids({ ...everybody, owner: true, manages: true, audits: true, seesSetup: true, seesReferrals: true, seesGifts: true, seesTouches: true })).toEqual(["computer", "passphrase", "practice", "people", "roles", "gifts", "touches", "ways", "days", "paths", "absences", "leaks", "backup", "check", "earlier", "log", "keeping", "about"]);
    expect(ids({ ...everybody, sample: true })).not.toContain("ways");
  });

  it("show one section at a time, the one the address names", async () => {
    const index = await open("people");
    expect(screen.getByText("the part people")).toBeTruthy();
    expect(within(index).getByRole("link", { current: "page" }).textContent).toBe("People");
    expect(screen.queryByRole("heading", { name: "This computer" })).toBeNull();
  });

  it("begin with the first section, also where the address names one that is not there for the role", async () => {
    access.rights = { ...rights, manageProfiles: false };
    const index = await open("roles", { role: "liaison" });
    expect(within(index).queryByText("Roles")).toBeNull();
    expect(screen.getByRole("heading", { name: "This computer" })).toBeTruthy();
  });

  it("are gone through with the arrow keys", async () => {
    const index = await open(undefined);
    const links = within(index).getAllByRole("link");
    links[0]?.focus();
    await fireEvent.keyDown(links[0] as HTMLElement, { key: "ArrowDown" });
    expect(document.activeElement).toBe(links[1]);
    await fireEvent.keyDown(links[1] as HTMLElement, { key: "End" });
    expect(document.activeElement?.textContent).toBe("About Baton");
  });

  it("let the practice’s limits be changed by who may, and read by everybody else", async () => {
    const set = vi.spyOn(commands, "lockPolicySet").mockReturnValue(ok(null));
    await open("practice");
    const minutes = await screen.findByLabelText("Lock everywhere after");
    await fireEvent.focus(minutes);
    await fireEvent.input(minutes, { target: { value: "99" } });
    await fireEvent.blur(minutes);
    expect(await screen.findByText("Give whole minutes from 1 to 60.")).toBeTruthy();
    await fireEvent.focus(minutes);
    await fireEvent.input(minutes, { target: { value: "5" } });
    await fireEvent.blur(minutes);
    expect(set).toHaveBeenCalledExactlyOnceWith({ idleMinutes: 5, clipboardSeconds: 60 });
  });

  it("show a limit as a fact to who may not change it", async () => {
    access.rights = { ...rights, vault: "read" };
    await open("practice");
    expect(await screen.findByText("10 minutes")).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});

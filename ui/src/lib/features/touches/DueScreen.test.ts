import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type DueRow, type OutreachFigures, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import DueScreen from "./DueScreen.svelte";
import DueSection from "./DueSection.svelte";
import { touchDoor } from "./touchDoor.svelte";

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock("$app/navigation", () => ({ goto }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const row = (id: string, name: string, level: "soft" | "hard"): DueRow => ({
  partner: id, name, class: "medical", type: "primary_care", individual: false, city: "", status: "active", ring: "core", owner: { id: "m", name: "Maren Okafor", initials: "MO" }, standingIn: id === "p2",
  due: { dueOn: "2026-01-01", lateOn: "2026-02-01", level, why: level === "hard" ? "late" : "due" }, every: { days: 60, from: "class" },
  last: { on: "2025-11-02", twoWayOn: "2025-11-02", faceOn: null }, channel: null, person: null, bestTime: "Before ten", doNot: "No food", nextOn: null, snooze: null,
});
const figures: OutreachFigures = {
  funnel: { all: 200, contacted: 90, met: 60, referring: 100, core: 26, parked: 3, withoutOwner: 4 }, coreLimit: 25,
  mix: { of: 20, without: 5, shares: [{ category: "communication", touches: 12, target: 40, offTenths: 200, off: true }, { category: "education", touches: 8, target: 25, offTenths: 150, off: false }] },
};
let list: MockInstance<typeof commands.dueList>;
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));

function show(component: unknown) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  render(WithQueries, { props: { client, component: component as never, props: {} } });
}

beforeEach(() => {
  access.rights = rights;
  goto.mockReset();
  const rows = [row("p1", "Pine Hollow", "hard"), row("p2", "Cove Street", "soft")];
  list = vi.spyOn(commands, "dueList").mockImplementation(() => ok({ rows, total: 2, due: 2, late: 1, snoozed: 0, everybodys: 7, kept: { kept: 30, of: 32 } }));
  vi.spyOn(commands, "outreachFigures").mockImplementation(() => ok(figures));
});
afterEach(() => {
  access.rights = null;
  touchDoor.close();
});

describe("whom to keep in touch with", () => {
  it("tells who is due, how many are in time, and where the core is too wide", async () => {
    show(DueScreen);
    expect(await screen.findByRole("link", { name: "Pine Hollow" })).toBeTruthy();
    expect(list.mock.lastCall?.[0]).toMatchObject({ mine: true, show: "due", offset: 0 });
    expect((await screen.findAllByText("30 of 32 in time")).length).toBeGreaterThan(0);
    expect(await screen.findByText("The core holds 26; 25 is as many as it should.")).toBeTruthy();
    expect(screen.getByText("+20.0 points off, aim 40 %")).toBeTruthy();
    expect(screen.getByText("4 partners have no owner")).toBeTruthy();
    expect(screen.getByLabelText("Their owner is away: you stand in")).toBeTruthy();
  });

  it("is worked by keys: L logs, Z snoozes, P leads to the partner", async () => {
    show(DueScreen);
    await screen.findByRole("link", { name: "Pine Hollow" });
    press("l");
    expect([touchDoor.isOpen, touchDoor.partner]).toEqual([true, { id: "p1", name: "Pine Hollow" }]);
    touchDoor.close();
    press("z");
    expect(touchDoor.snoozing).toEqual({ id: "p1", name: "Pine Hollow" });
    touchDoor.close();
    press("p");
    expect(goto).toHaveBeenCalledWith("#/partners/p1");
  });

  it("wakes a partner that was snoozed", async () => {
    const wake = vi.spyOn(commands, "partnerSnooze").mockImplementation(() => ok(null));
    show(DueScreen);
    await fireEvent.click(await screen.findByRole("button", { name: /Snoozed/ }));
    await waitFor(() => expect(list.mock.lastCall?.[0]).toMatchObject({ show: "snoozed" }));
    await fireEvent.keyDown(screen.getByRole("grid"), { key: "ArrowDown" });
    press("z");
    await waitFor(() => expect(wake).toHaveBeenCalledExactlyOnceWith("p2", null));
  });

  it("logs nothing for a role that only looks", async () => {
    access.rights = { ...rights, outreach: "read", export: false };
    show(DueScreen);
    await screen.findByRole("link", { name: "Pine Hollow" });
    expect(screen.queryByRole("button", { name: /Log a touch/ })).toBeNull();
    press("l");
    expect(touchDoor.isOpen).toBe(false);
  });

  it("stands on Today with what clears it", async () => {
    show(DueSection);
    await fireEvent.click(await screen.findByRole("button", { name: "Log Pine Hollow" }));
    expect(touchDoor.partner?.name).toBe("Pine Hollow");
    expect(screen.getByRole("link", { name: "All 7" }).getAttribute("href")).toBe("#/due");
    touchDoor.close();
    press("l");
    expect([touchDoor.isOpen, touchDoor.partner]).toEqual([true, null]);
  });
});

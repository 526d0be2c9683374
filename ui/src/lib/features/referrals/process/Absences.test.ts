import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Absence, type BatonCounts, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import Absences from "./Absences.svelte";
import { groupsOf } from "./absences";
import { newId } from "./ids";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const refused = (message: string, field: string) => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message, field } });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const colleagues = [{ id: "m", name: "Maren Okafor", initials: "MO" }, { id: "t", name: "Tess Lindqvist", initials: "TL" }];
const now: Absence = { id: "1", profile: "t", from: "2026-11-18", to: "2026-11-25", deputy: "m" };
const coming: Absence = { id: "2", profile: "m", from: "2026-12-21", to: "2026-12-31", deputy: null };
const past: Absence = { id: "3", profile: "t", from: "2026-07-01", to: "2026-07-14", deputy: "m" };
const counts: BatonCounts = { today: "2026-11-21", open: 14, late: 3, soon: 1, toAccept: 0, mine: 2, holders: [{ holder: { kind: "profile", id: "t" }, open: 12, late: 3 }, { holder: { kind: "profile", id: "m" }, open: 2, late: 0 }] };

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: Absences as never, props: { colleagues, today: "2026-11-21" } } });
  return screen.findByRole("list", { name: "Away now" });
}
async function day(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await fireEvent.focus(field);
  await fireEvent.input(field, { target: { value: text } });
  await fireEvent.blur(field);
}
const save = () => fireEvent.click(screen.getByRole("button", { name: /^Save/ }));

describe("absences", () => {
  let set: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    access.rights = rights;
    vi.spyOn(commands, "absencesList").mockImplementation(() => ok([past, now, coming]));
    vi.spyOn(commands, "batonCounts").mockImplementation(() => ok(counts));
    set = vi.spyOn(commands, "absenceSet").mockImplementation(() => ok(null));
  });
  afterEach(() => {
    access.rights = null;
  });

  it("are grouped by day, both days included", () => {
    const groups = groupsOf([past, now, coming], "2026-11-25");
    expect([groups.now, groups.coming, groups.past].map((all) => all.map(({ id }) => id))).toEqual([["1"], ["2"], ["3"]]);
    expect(groupsOf([now], "2026-11-26").past).toHaveLength(1);
  });

  it("say who stands in and which batons go along", async () => {
    const list = await show();
    await waitFor(() => expect(list.textContent).toContain("Maren Okafor stands in · 12 batons, 3 late, go along"));
    expect(list.textContent).toContain("Nov 18 to Nov 25");
    const ahead = screen.getByRole("list", { name: "Coming" });
    expect(ahead.textContent).toContain("Nobody stands in");
    expect(screen.getByRole("list", { name: "Past year" }).textContent).toContain("Maren Okafor stood in");
  });

  it("are put down with a key of their own", async () => {
    await show();
    await fireEvent.click(screen.getByRole("button", { name: "Add an absence" }));
    await save();
    expect(screen.getByText("Choose who is away.")).toBeTruthy();
    expect(screen.getByText("Give the first day.")).toBeTruthy();
    await fireEvent.change(screen.getByLabelText("Who"), { target: { value: "m" } });
    await day("First day", "12/1/2026");
    await day("Last day", "12/3/2026");
    await fireEvent.change(screen.getByLabelText("Deputy"), { target: { value: "t" } });
    await save();
    expect(set).toHaveBeenCalledExactlyOnceWith({ id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as string, profile: "m", from: "2026-12-01", to: "2026-12-03", deputy: "t" });
  });

  it.each([
    ["The last day is before the first. Choose a later last day.", "to", "Last day"],
    ["They are away in this time already. Change that absence.", "from", "First day"],
    ["Choose somebody else to stand in.", "deputy", "Deputy"],
  ])("say beside the field: %s", async (message, field, label) => {
    set.mockImplementation(() => refused(message, field));
    const list = await show();
    await fireEvent.click(within(list).getByRole("button", { name: "Actions for the absence of Tess Lindqvist" }));
    await fireEvent.click(await screen.findByRole("menuitem", { name: "Change" }));
    await save();
    expect(await screen.findByText(message)).toBeTruthy();
    expect(screen.getByLabelText(label).getAttribute("aria-invalid")).toBe("true");
  });

  it("warn when the deputy is away, too", async () => {
    await show();
    await fireEvent.click(screen.getByRole("button", { name: "Add an absence" }));
    await fireEvent.change(screen.getByLabelText("Who"), { target: { value: "t" } });
    await day("First day", "12/28/2026");
    await day("Last day", "1/4/2027");
    await fireEvent.change(screen.getByLabelText("Deputy"), { target: { value: "m" } });
    expect(screen.getByText("Maren Okafor is away then, too: Dec 21 to Dec 31.")).toBeTruthy();
  });

  it("are only looked at by who may not change referrals", async () => {
    access.rights = { ...rights, referrals: "read" };
    const list = await show();
    expect(screen.queryByRole("button", { name: "Add an absence" })).toBeNull();
    expect(within(list).queryByRole("button", { name: /^Actions/ })).toBeNull();
  });
});

describe("the key of a new record", () => {
  it("follows the time", () => {
    const ids = [1_000, 2_000, 1_764_000_000_000].map((now) => newId(now));
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

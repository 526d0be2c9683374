import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Calendar, type CalendarYear, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import WorkingDays from "./WorkingDays.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const open = { from: 480, to: 1020 };
const usual: Calendar = { week: [open, open, open, open, open, null, null], holidays: ["thanksgiving", "christmas"], special: [{ on: "2026-12-24", name: "Christmas Eve", works: false }] };
const year: CalendarYear = {
  days: Array.from({ length: 30 }, (_, at) => {
    const on = `2026-11-${String(at + 1).padStart(2, "0")}`;
    const weekend = new Date(`${on}T00:00:00Z`).getUTCDay() % 6 === 0;
    return { on, works: !weekend && at !== 25, holiday: at === 25 ? "thanksgiving" : null, special: null };
  }),
  holidays: [{ holiday: "thanksgiving", on: "2026-11-26" }],
};

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: WorkingDays as never, props: { today: "2026-11-21" } } });
  return screen.findByRole("group", { name: "The week" });
}
async function type(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await fireEvent.focus(field);
  await fireEvent.input(field, { target: { value: text } });
  await fireEvent.blur(field);
}

describe("the working days", () => {
  let set: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    access.rights = rights;
    vi.spyOn(commands, "calendarGet").mockImplementation(() => ok(usual));
    vi.spyOn(commands, "calendarYear").mockImplementation(() => ok(year));
    set = vi.spyOn(commands, "calendarSet").mockImplementation(() => ok(null));
  });
  afterEach(() => {
    access.rights = null;
  });

  it("show the week, the holidays and which days of the month count", async () => {
    const week = await show();
    expect(within(week).getAllByRole("checkbox", { checked: true })).toHaveLength(5);
    const month = await screen.findByRole("table", { name: "November 2026" });
    await waitFor(() => expect(within(month).getByText("Thanksgiving, closed")).toBeTruthy());
    expect(screen.getByText("20 working days")).toBeTruthy();
    expect(screen.getByText("Nov 26")).toBeTruthy();
  });

  it("are kept as soon as a day or an hour changes", async () => {
    const week = await show();
    await fireEvent.click(within(week).getByRole("checkbox", { name: "Saturday" }));
    expect(set).toHaveBeenLastCalledWith({ ...usual, week: [open, open, open, open, open, open, null] });
    await type("Monday closes at", "6");
    expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ week: expect.arrayContaining([{ from: 480, to: 1080 }]) }));
  });

  it("say beside the hour what is wrong with it", async () => {
    await show();
    await type("Monday closes at", "late");
    expect(screen.getByText("Type a time like 8:30 or 5 pm.")).toBeTruthy();
    await type("Monday closes at", "7:00 am");
    expect(screen.getByText("Close after opening, on the same day.")).toBeTruthy();
    expect(set).not.toHaveBeenCalled();
  });

  it("say why the core refused, and show what is on record", async () => {
    set.mockImplementation(() => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message: "Open on at least one day of the week.", field: "week" } }));
    const week = await show();
    await fireEvent.click(within(week).getByRole("checkbox", { name: "Friday" }));
    expect(await screen.findByText("Open on at least one day of the week.")).toBeTruthy();
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Friday" }).checked).toBe(true));
  });

  it("refuse a day that is there, a day of another century and a range that ends before it begins, beside the field", async () => {
    await show();
    await type("First day", "12/24/2026");
    await fireEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(screen.getByText(/Dec 24 is on the list already/)).toBeTruthy();
    await type("First day", "3/1/1899");
    expect(screen.getByText(/That day is before/)).toBeTruthy();
    await type("First day", "12/28/2026");
    await type("Last day optional", "12/26/2026");
    await fireEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(screen.getByText("The last day is before the first. Choose a later last day.")).toBeTruthy();
    expect(set).not.toHaveBeenCalled();
    await type("Last day optional", "12/29/2026");
    await type("What for", "Year-end");
    await fireEvent.click(screen.getByRole("button", { name: "Add" }));
    const two = [{ on: "2026-12-28", name: "Year-end", works: false }, { on: "2026-12-29", name: "Year-end", works: false }];
    expect(set).toHaveBeenCalledExactlyOnceWith({ ...usual, special: [...usual.special, ...two] });
  });

  it("are looked at only by who may not change them", async () => {
    access.rights = { ...rights, vault: "read" };
    await show();
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Back to default" })).toBeNull();
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Thanksgiving" }).disabled).toBe(true);
  });
});

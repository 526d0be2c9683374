import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type CalendarDayShown, type CalendarQuery } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import Calendar from "./Calendar.svelte";
import { plus } from "./days";
import { outreachView } from "./outreachView.svelte";
import { reminding } from "./reminding.svelte";
import ReminderBanner from "./ReminderBanner.svelte";
import { client, door, ok, rights, task } from "./testing";

const entry = { kind: "task" as const, id: "1", title: "Call the gym", partner: "Northside Gym", holder: "m", holderName: "Maren Okafor", on: "2026-11-27", at: 570, repeats: false, promised: false, late: false };
function days({ from, to }: CalendarQuery): CalendarDayShown[] {
  const all: CalendarDayShown[] = [];
  for (let on = from; on <= to; on = plus(on, 1)) {
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
    all.push({
      day: { on, works: weekday > 0 && weekday < 6 && on !== "2026-11-26", holiday: on === "2026-11-26" ? "thanksgiving" : null, special: null },
      away: on === "2026-11-30" ? [{ profile: "t", name: "Tess Lindqvist" }] : [],
      entries: on === entry.on ? [entry] : [],
    });
  }
  return all;
}
const press = (key: string, more: KeyboardEventInit = {}) => handleKey(new KeyboardEvent("keydown", { key, cancelable: true, ...more }));
const onvisits = vi.fn();
const visits = { ...entry, kind: "visits" as const, id: "v", title: "2 visits", partner: "Pine Hollow, Fernbank", holder: "t", holderName: "Tess Lindqvist", at: 540 };
const show = () => render(WithQueries, { props: { client: client(), component: Calendar as never, props: { holidayNames: { thanksgiving: "Thanksgiving" }, onvisits } } });

describe("the calendar", () => {
  beforeEach(() => {
    access.rights = rights;
    outreachView.leave();
    vi.spyOn(commands, "door").mockImplementation(() => ok(door));
    vi.spyOn(commands, "outreachCalendar").mockImplementation((query) => ok({ today: "2026-11-25", days: days(query) }));
  });
  afterEach(() => {
    access.rights = null;
  });

  it("shades what is closed and says why, and who is away", async () => {
    show();
    const closed = await screen.findByRole("gridcell", { name: /Thursday, November 26/ });
    expect(closed.className).toContain("closed");
    expect(closed.textContent).toContain("Thanksgiving");
    expect(screen.getByText("Tess")).toBeTruthy();
    expect(screen.getByRole("button", { name: /Call the gym.*Friday, November 27, Northside Gym, Maren Okafor/ })).toBeTruthy();
    expect(screen.getByRole("heading", { name: "November 2026" })).toBeTruthy();
  });

  it("shows a day outside, opens it and leaves it where it is", async () => {
    vi.spyOn(commands, "outreachCalendar").mockImplementation((query) => ok({ today: "2026-11-25", days: days(query).map((one) => ({ ...one, entries: one.entries.length > 0 ? [visits] : [] })) }));
    const move = vi.spyOn(commands, "taskMove").mockImplementation(() => ok(null));
    show();
    const day = await screen.findByRole("button", { name: /2 visits.*Pine Hollow, Fernbank, Tess Lindqvist/ });
    expect(day.getAttribute("draggable")).toBe("false");
    press("ArrowRight");
    press("ArrowRight");
    await waitFor(() => expect(document.querySelector(".entry.current")).toBeTruthy());
    press("ArrowDown", { altKey: true });
    expect(move).not.toHaveBeenCalled();
    await fireEvent.dblClick(day);
    expect(onvisits).toHaveBeenCalledExactlyOnceWith("2026-11-27", "t");
  });

  it("moves a task by keys, never to a day that is past", async () => {
    const move = vi.spyOn(commands, "taskMove").mockImplementation(() => ok(null));
    show();
    await screen.findByText("Call the gym");
    press("ArrowRight");
    press("ArrowRight");
    await waitFor(() => expect(document.querySelector(".entry.current")).toBeTruthy());
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(move).toHaveBeenCalledExactlyOnceWith("1", "2026-12-04", 570));
    outreachView.day = "2026-11-27";
    await waitFor(() => expect(document.querySelector(".entry.current")).toBeTruthy());
    press("ArrowUp", { altKey: true });
    await new Promise((done) => setTimeout(done, 20));
    expect(move).toHaveBeenCalledTimes(1);
  });

  it("moves a task that is dragged to another day", async () => {
    const move = vi.spyOn(commands, "taskMove").mockImplementation(() => ok(null));
    show();
    const dragged = await screen.findByText("Call the gym");
    await fireEvent.dragStart(dragged);
    await fireEvent.drop(await screen.findByRole("gridcell", { name: /Tuesday, December 1/ }));
    await waitFor(() => expect(move).toHaveBeenCalledExactlyOnceWith("1", "2026-12-01", 570));
  });

  it("shows a week and a day", async () => {
    show();
    await screen.findByText("Call the gym");
    outreachView.mode = "week";
    expect(await screen.findByRole("heading", { name: "Nov 23 – Nov 29" })).toBeTruthy();
    outreachView.mode = "day";
    expect(await screen.findByText("Nothing on this day")).toBeTruthy();
  });
});

describe("a reminder", () => {
  it("shows until somebody takes note of it, and asks on from where it was", async () => {
    const told = vi.spyOn(commands, "taskReminders").mockImplementation(() => ok({ until: "2026-11-25T09:00:00", tasks: [task("1", "Call the gym", "2026-11-25")] }));
    const opened = vi.fn();
    render(ReminderBanner, { props: { onopen: opened } });
    expect(await screen.findByText("Call the gym")).toBeTruthy();
    expect(told).toHaveBeenCalledExactlyOnceWith(null);
    await fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(opened).toHaveBeenCalledExactlyOnceWith("1");
    expect(reminding.waiting).toEqual([]);
  });

  it("is gone once its task is done, moved or not there; opening one leaves the others", async () => {
    const told = ["1", "2", "3", "4"].map((id) => task(id, `Task ${id}`, "2026-11-25", { dueAt: 540 }));
    vi.spyOn(commands, "taskReminders").mockImplementation(() => ok({ until: "2026-11-25T09:00:00", tasks: told }));
    vi.spyOn(commands, "taskGet").mockImplementation((id) =>
      id === "4" ? Promise.resolve({ status: "error" as const, error: { code: "missing" as const, message: "", field: null } })
      : ok(task(id, `Task ${id}`, id === "3" ? "2026-11-27" : "2026-11-25", { dueAt: 540, doneOn: id === "2" ? "2026-11-25" : null })));
    render(ReminderBanner, { props: { onopen: vi.fn() } });
    await screen.findByText("4 tasks are due");
    await reminding.reread();
    expect(reminding.waiting.map(({ id }) => id)).toEqual(["1"]);
    reminding.waiting = told.slice(0, 2);
    await fireEvent.click(await screen.findByRole("button", { name: "Open" }));
    expect(reminding.waiting.map(({ id }) => id)).toEqual(["2"]);
    reminding.leave();
  });
});

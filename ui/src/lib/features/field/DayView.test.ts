import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type FieldDay, type FieldPlan, type FieldStop, type Proposal } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import DayView from "./DayView.svelte";
import { fieldView } from "./fieldView.svelte";

vi.mock("$app/navigation", () => ({ goto: vi.fn() }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const press = (key: string, altKey = false) => handleKey(new KeyboardEvent("keydown", { key, altKey }));

function stop(id: string, more: Partial<FieldStop> = {}): FieldStop {
  return {
    id, name: `Office ${id}`, personName: null, phone: null, spot: { latitude: 43.66, longitude: -70.2, precision: "exact" }, unknownZip: null,
    form: { partner: `p${id}`, person: null, minutes: 30, opens: null, closes: null, priority: 3, goal: "", topics: [], wayMinutes: null },
    leg: { tenths: 81, minutes: 24 }, arrive: 600, begin: 600, leave: 630, late: null, outcome: null, skipReason: null, touch: null, wayTenths: null, ...more,
  };
}
function plan(stops: FieldStop[], more: Partial<FieldPlan> = {}): FieldPlan {
  const start = { name: "Office", zip: "04101", latitude: "", longitude: "" };
  return {
    id: "day", form: { starts: 540, ends: 1020, start, end: null, lunchFrom: null, lunchMinutes: 0 }, status: "planned", start: null, end: null, stops, meal: null,
    back: { tenths: 81, minutes: 24 }, finish: 700, over: null, tenths: 162, driving: 48, homeTenths: null, ...more,
  };
}
const offer: Proposal = { partner: "x", name: "Fernbank", reasons: [{ kind: "late", since: "2026-11-08", every: { days: 45, from: "prospect" }, last: "2026-09-01" }, { kind: "core" }], spot: { latitude: 43.6, longitude: -70.2, precision: "exact" }, at: 1, addsTenths: 58, addsMinutes: 17 };

let move: MockInstance<typeof commands.fieldStopMove>;
let add: MockInstance<typeof commands.fieldStopAdd>;
let order: MockInstance<typeof commands.fieldOrder>;

function open(one: FieldPlan, proposals: Proposal[] = []) {
  vi.spyOn(commands, "fieldProposals").mockImplementation(() => ok(proposals));
  vi.spyOn(commands, "fieldAround").mockImplementation(() => ok([]));
  vi.spyOn(commands, "fieldBrief").mockResolvedValue({ status: "error", error: { code: "missing", message: "gone", field: null } });
  move = vi.spyOn(commands, "fieldStopMove").mockImplementation(() => ok(null));
  add = vi.spyOn(commands, "fieldStopAdd").mockImplementation(() => ok("new"));
  order = vi.spyOn(commands, "fieldOrder").mockImplementation(() => ok({ changed: true, saved: 6, left: [{ stop: "b", why: "no_place" }] }));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const day: FieldDay = { on: "2026-11-25", liaison: "me", liaisonName: "Tess", plan: one, suggested: one.form };
  render(WithQueries, { props: { client, component: DayView as never, props: { day, plan: one, today: "2026-11-25" } } });
}

beforeEach(() => fieldView.leave());

describe("a day outside", () => {
  it("moves the stop one stands on by keys", async () => {
    open(plan([stop("a"), stop("b")]));
    press("ArrowDown", true);
    await waitFor(() => expect(move).toHaveBeenCalledExactlyOnceWith("a", "day", 1));
    press("ArrowUp", true);
    expect(move).toHaveBeenCalledTimes(1);
  });

  it("orders the stops and says what is left out, and why", async () => {
    open(plan([stop("a"), stop("b")]));
    press("o");
    await waitFor(() => expect(order).toHaveBeenCalledExactlyOnceWith("day"));
    expect(await screen.findByText(/Office b has no place on the map/)).toBeTruthy();
  });

  it("tells what another stop adds, adds it by one key and passes it by another", async () => {
    open(plan([stop("a")]), [offer, { ...offer, partner: "y", name: "Greyfield" }]);
    expect(await screen.findByText(/Adds 5.8 mi, 17 min/)).toBeTruthy();
    press("x");
    expect(await screen.findByText("Greyfield")).toBeTruthy();
    press("a");
    await waitFor(() => expect(add).toHaveBeenCalledExactlyOnceWith("day", expect.objectContaining({ partner: "y" })));
  });

  it("says beside a stop what is wrong with it", async () => {
    open(plan([stop("a", { spot: null, leg: null }), stop("b", { spot: null, leg: null, unknownZip: "00000" }), stop("c", { late: 12 })], { over: 20 }));
    expect(await screen.findByText("Has no place on the map: give its coordinates, or minutes by hand.")).toBeTruthy();
    expect(screen.getByText(/ZIP 00000 is not on the map/)).toBeTruthy();
    expect(screen.getByText("12 min after it closes")).toBeTruthy();
    expect(screen.getByText("Back 20 min after the day should end")).toBeTruthy();
  });

  it("says when the booklet could not be read, and offers no keys of a day that is done", async () => {
    vi.spyOn(commands, "fieldBooklet").mockResolvedValue({ status: "error", error: { code: "failed", message: "This could not be read.", field: null } } as never);
    const printed = vi.spyOn(commands, "printWindow").mockImplementation(() => ok(null));
    open(plan([stop("a", { outcome: "visited" })], { status: "done" }));
    expect(screen.queryByText("Log the visit")).toBeNull();
    press("p");
    expect(await screen.findByText("This could not be read.")).toBeTruthy();
    expect(printed).not.toHaveBeenCalled();
  });

  it("keeps what was typed in a log when something is missing", async () => {
    open(plan([stop("a")]));
    vi.spyOn(commands, "draftGet").mockImplementation(() => ok(null));
    vi.spyOn(commands, "fieldLog").mockResolvedValue({ status: "error", error: { code: "invalid", message: "Say what is to follow, in a few words.", field: "title" } });
    press("l");
    const outcome = await screen.findByLabelText(/What came of it/);
    await fireEvent.input(outcome, { target: { value: "Met the desk" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Log(?! the)/ }));
    expect(await screen.findByText("Say what is to follow, in a few words.")).toBeTruthy();
    expect((outcome as HTMLTextAreaElement).value).toBe("Met the desk");
  });

  it("says that the day is complete", async () => {
    open(plan([stop("a", { outcome: "visited", wayTenths: 81 }), stop("b", { outcome: "skipped", skipReason: "Closed" })], { status: "done", homeTenths: 81 }));
    expect(await screen.findByText("All stops are done, 16.2 mi driven.")).toBeTruthy();
    expect(screen.getByText("Left out: Closed")).toBeTruthy();
  });
});

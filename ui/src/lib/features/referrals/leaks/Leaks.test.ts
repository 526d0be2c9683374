import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type LeakShown } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import Leaks from "./Leaks.svelte";
import { leakView } from "./leakView.svelte";
import { leakKey } from "./model";
import { leak } from "./testing";

vi.mock("$app/navigation", () => ({ goto: vi.fn() }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));
let set: MockInstance<typeof commands.leakSet>;

function open(rows: LeakShown[]) {
  vi.spyOn(commands, "leaksList").mockImplementation(() => ok({ rows, late: 3 }));
  vi.spyOn(commands, "leakReasons").mockImplementation(() => ok([{ code: "wait", text: "The wait was too long" }, { code: "cost", text: "It costs too much" }]));
  vi.spyOn(commands, "pathsList").mockImplementation(() => ok([]));
  vi.spyOn(commands, "batonCounts").mockImplementation(() => ok({ today: "2026-11-25", open: 9, late: 3, soon: 0, toAccept: 0, mine: 0, holders: [] }));
  vi.spyOn(commands, "referralWay").mockResolvedValue({ status: "error", error: { code: "missing", message: "gone", field: null } });
  set = vi.spyOn(commands, "leakSet").mockImplementation(() => ok(null));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  render(WithQueries, { props: { client, component: Leaks as never, props: {} } });
}

beforeEach(() => leakView.leave());

describe("the leaks", () => {
  it("stand by kind, with how long each has leaked", async () => {
    open([leak("a", "overdue_step", "contacted"), leak("b", "lost_contact", "", { reason: "cost" })]);
    expect(await screen.findByText("The patient can’t be reached")).toBeTruthy();
    expect(screen.getAllByText("15 d").length).toBe(2);
    expect(screen.getByText("It costs too much")).toBeTruthy();
    expect(screen.getByText("2 leaks, 3 late steps in all")).toBeTruthy();
  });

  it("are taken up by one key, with what fits and a day", async () => {
    const one = leak("a", "no_show");
    open([one]);
    await screen.findByText("Patient a");
    press("r");
    expect(set).not.toHaveBeenCalled();
    leakView.current = leakKey(one);
    await screen.findByRole("complementary", { name: "Leak" });
    press("r");
    await waitFor(() => expect(set).toHaveBeenCalledExactlyOnceWith("a", { kind: "no_show", step: "rebooked", reason: null, reasonText: null, action: "Call and offer two dates", actionDueOn: "2026-11-26", result: null }));
  });

  it("are put down as going on by another", async () => {
    const one = leak("a", "no_show", "rebooked", { action: "Call", actionDueOn: "2026-11-26" });
    open([one]);
    await screen.findByText("Patient a");
    leakView.current = leakKey(one);
    await screen.findByRole("complementary", { name: "Leak" });
    press("r");
    press("m");
    await waitFor(() => expect(set).toHaveBeenCalledExactlyOnceWith("a", expect.objectContaining({ action: "Call", result: "recovered" })));
  });

  it("keep a reason of the list, and show what the core refuses beside the field", async () => {
    const one = leak("a", "went_elsewhere");
    open([one]);
    await screen.findByText("Patient a");
    leakView.current = leakKey(one);
    const field = await screen.findByLabelText("Reason");
    set.mockResolvedValue({ status: "error", error: { code: "invalid", message: "Choose a reason of the list.", field: "reason" } });
    await fireEvent.change(field, { target: { value: "cost" } });
    expect(await screen.findByText("Choose a reason of the list.")).toBeTruthy();
    expect(set).toHaveBeenLastCalledWith("a", expect.objectContaining({ reason: "cost" }));
  });

  it("say what good looks like when there is none", async () => {
    open([]);
    expect(await screen.findByText("Nothing leaks")).toBeTruthy();
    expect(screen.getByText(/This is what good looks like/)).toBeTruthy();
  });

  it("have reasons that can be changed, one added and one removed", async () => {
    const reasons = vi.spyOn(commands, "leakReasonsSet").mockImplementation(() => ok(null));
    open([leak("a", "no_show")]);
    await screen.findByText("Patient a");
    press("e");
    const dialog = await screen.findByRole("dialog", { name: "Reasons a referral is lost" });
    await fireEvent.click(within(dialog).getByRole("button", { name: "Remove “It costs too much”" }));
    await fireEvent.click(within(dialog).getByRole("button", { name: /Add a reason/ }));
    await fireEvent.click(within(dialog).getByRole("button", { name: /Save/ }));
    expect(await within(dialog).findByText("Say it in a few words, or remove it.")).toBeTruthy();
    await fireEvent.input(within(dialog).getByLabelText("Reason 2"), { target: { value: "They moved away" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: /Save/ }));
    await waitFor(() => expect(reasons).toHaveBeenCalledExactlyOnceWith([{ code: "wait", text: "The wait was too long" }, { code: "own_they_moved_away", text: "They moved away" }]));
  });
});

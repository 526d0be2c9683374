import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type PartnerPage, type Rights, type TouchRow } from "$lib/ipc/bindings";
import { todayIso } from "$lib/design";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import SnoozeDialog from "./SnoozeDialog.svelte";
import TouchSheet from "./TouchSheet.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const refused = (message: string, field: string | null) => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message, field } });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const pine = { id: "p", name: "Pine Hollow" };
const page = { header: { class: "medical" }, people: [{ id: "r", name: "Ruth Halvorsen", current: true }, { id: "o", name: "Otto Gone", current: false }] } as unknown as PartnerPage;
const onclose = vi.fn();

function show(component: unknown, props: Record<string, unknown>) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: component as never, props: props as never } });
}
const enter = (label: string, text: string) => fireEvent.input(screen.getByLabelText(label), { target: { value: text } });

describe("logging a touch", () => {
  let log: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    onclose.mockReset();
    access.rights = rights;
    vi.spyOn(commands, "draftGet").mockImplementation(() => ok(null));
    vi.spyOn(commands, "draftSave").mockImplementation(() => ok(null));
    vi.spyOn(commands, "draftClear").mockImplementation(() => ok(null));
    vi.spyOn(commands, "partnerGet").mockImplementation(() => ok(page));
    log = vi.spyOn(commands, "touchLog").mockImplementation(() => ok("t"));
  });
  afterEach(() => {
    access.rights = null;
  });

  it("takes a visit of today with one key when it comes from a partner", async () => {
    show(TouchSheet, { partner: pine, row: null, onclose });
    await fireEvent.click(await screen.findByRole("button", { name: "Ruth Halvorsen" }));
    expect(screen.queryByRole("button", { name: "Otto Gone" })).toBeNull();
    await fireEvent.keyDown(screen.getByLabelText("Purpose"), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ partner: "p", form: "visit", on: todayIso(), minutes: 45, twoWay: true, people: ["r"], next: null }), null);
  });

  it("asks for the partner, and for what goes together", async () => {
    show(TouchSheet, { partner: null, row: null, onclose });
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    expect(await screen.findByText("Choose the partner.")).toBeTruthy();
    expect(log).not.toHaveBeenCalled();
  });

  it("takes a partner back that was typed over, and keeps a draft for each partner", async () => {
    vi.spyOn(commands, "searchEverything").mockImplementation(() => ok([{ id: "p", kind: "partner", title: "Pine Hollow", detail: "", individual: false }] as never));
    const kept = vi.spyOn(commands, "draftSave");
    show(TouchSheet, { partner: null, row: null, onclose });
    const field = screen.getByRole("combobox", { name: "Partner" });
    const found = () => screen.queryAllByRole("option", { hidden: true }).find((option) => option.id !== "");
    field.focus();
    await fireEvent.input(field, { target: { value: "Pin" } });
    await waitFor(() => expect(found()?.textContent).toContain("Pine Hollow"));
    await fireEvent.click(found() ?? field);
    expect(await screen.findByRole("button", { name: "Ruth Halvorsen" })).toBeTruthy();
    await fireEvent.input(field, { target: { value: "Pine Hollow Dental" } });
    expect(screen.queryByRole("button", { name: "Ruth Halvorsen" })).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    expect(await screen.findByText("Choose the partner.")).toBeTruthy();
    expect(log).not.toHaveBeenCalled();
    show(TouchSheet, { partner: pine, row: null, onclose });
    await fireEvent.input(screen.getAllByLabelText("Purpose").at(-1) ?? field, { target: { value: "Protocol" } });
    await waitFor(() => expect(kept).toHaveBeenCalledWith("touch.p", expect.stringContaining("Protocol")), { timeout: 2000 });
  });

  it("says that the next step of a private touch is read by colleagues", async () => {
    show(TouchSheet, { partner: pine, row: null, onclose });
    await enter("Next step", "Send the number");
    const seen = /colleagues read/;
    expect(screen.queryByText(seen)).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: /Money, time, privacy/ }));
    await fireEvent.click(screen.getByLabelText("Only I read what it was about"));
    expect(await screen.findByText(seen)).toBeTruthy();
  });

  it("opens a concern of what was learned in the same step, and a next step with its day", async () => {
    show(TouchSheet, { partner: pine, row: null, onclose });
    await fireEvent.change(screen.getByLabelText("Form"), { target: { value: "call" } });
    await fireEvent.click(await screen.findByLabelText(/This is a concern/));
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    expect(await screen.findByText("Say what the concern is.")).toBeTruthy();
    await enter("What we learned", "Faxes get lost");
    await enter("Next step", "Send the number");
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    expect(await screen.findByText("Say by when: +7, Friday, a date.")).toBeTruthy();
    await enter("By", "+7");
    await fireEvent.blur(screen.getByLabelText("By"));
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    await waitFor(() => expect(log).toHaveBeenCalledOnce());
    const [touch, concern] = log.mock.lastCall as [{ next: { title: string; dueOn: string }; minutes: number }, unknown];
    expect([touch.minutes, touch.next.title, Date.parse(touch.next.dueOn) - Date.parse(todayIso())]).toEqual([10, "Send the number", 7 * 86_400_000]);
    expect(concern).toEqual({ category: "communication", severity: 2 });
  });

  it("shows what the core refuses beside its field", async () => {
    log.mockImplementation(() => refused("This day is before 2000. Check the year.", "on"));
    show(TouchSheet, { partner: pine, row: null, onclose });
    await fireEvent.click(screen.getByRole("button", { name: /Log it/ }));
    expect(await screen.findByText("This day is before 2000. Check the year.")).toBeTruthy();
    expect(onclose).not.toHaveBeenCalled();
  });

  it("changes one that is there, with the stamp it was shown with", async () => {
    const edit = vi.spyOn(commands, "touchEdit").mockImplementation(() => ok(null));
    const row: TouchRow = {
      id: "t", partner: pine, people: [], referral: "x", on: "2026-11-02", at: null, form: "call", startedBy: "us", twoWay: true, bulk: false, category: null, purpose: "A", learned: "",
      minutes: 12, costCents: 0, costKind: null, keptPrivate: false, withheld: false, heldBy: { id: "m", name: "Maren", initials: "MO" }, next: null, changedAt: 77,
    };
    show(TouchSheet, { partner: pine, row, onclose });
    expect(screen.queryByLabelText("Next step")).toBeNull();
    await enter("Purpose", "B");
    await fireEvent.click(screen.getByRole("button", { name: /Save/ }));
    await waitFor(() => expect(edit).toHaveBeenCalledExactlyOnceWith("t", expect.objectContaining({ purpose: "B", minutes: 12, referral: "x", next: null }), 77));
  });

  it("snoozes for a reason", async () => {
    const snooze = vi.spyOn(commands, "partnerSnooze").mockImplementation((_, what) => (what?.reason ? ok(null) : refused("Say why, in a few words.", "reason")));
    show(SnoozeDialog, { partner: pine, onclose });
    await fireEvent.click(screen.getByRole("button", { name: /Snooze/ }));
    expect(await screen.findByText("Say why, in a few words.")).toBeTruthy();
    await enter("Why", "Away");
    await fireEvent.click(screen.getByRole("button", { name: /Snooze/ }));
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(snooze.mock.lastCall?.[1]).toMatchObject({ reason: "Away" });
  });
});

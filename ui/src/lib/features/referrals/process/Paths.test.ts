import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type PathShown, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import Paths from "./Paths.svelte";
import { inbound, pathOf } from "./testing";

type Leaving = { cancel: () => void; to: { url: URL } | null; type: string };
const router = vi.hoisted(() => ({ leave: (_: Leaving) => {}, goto: vi.fn(async () => {}) }));
vi.mock("$app/navigation", () => ({ beforeNavigate: (hear: (leaving: Leaving) => void) => { router.leave = hear; }, goto: router.goto }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const paths: PathShown[] = [
  pathOf(),
  pathOf({ kind: "consult", open: 0 }),
  pathOf({ direction: "outbound", open: 1, process: { ...inbound, stages: inbound.stages.map((stage, at) => (at === 0 ? { ...stage, code: "decided" } : stage)) } }),
];

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: Paths as never, props: {} } });
  return screen.findByRole("list", { name: "Stages" });
}
const stage = (name: string) => screen.getByRole("button", { name: new RegExp(`^Stage \\d+ of \\d+: ${name}`) });
const order = () => screen.getAllByRole("button", { name: /^Stage \d/ }).map((button) => button.dataset["stage"]);
async function goAway() {
  const leaving = { cancel: vi.fn(), to: { url: new URL("http://localhost/#/partners") }, type: "link" };
  router.leave(leaving);
  return leaving.cancel;
}

describe("the paths of referrals", () => {
  let set: ReturnType<typeof vi.spyOn>;
  let kept: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    access.rights = rights;
    vi.spyOn(commands, "pathsList").mockImplementation(() => ok(paths));
    vi.spyOn(commands, "draftGet").mockImplementation(() => ok(null));
    vi.spyOn(commands, "draftClear").mockImplementation(() => ok(null));
    kept = vi.spyOn(commands, "draftSave").mockImplementation(() => ok(null));
    set = vi.spyOn(commands, "pathSet").mockImplementation(() => ok(null));
    router.goto.mockClear();
  });
  afterEach(() => {
    access.rights = null;
  });

  it("say that open referrals keep the version they began with, and how many there are", async () => {
    await show();
    expect(screen.getByText(/The 212 that are open keep the version they began with/)).toBeTruthy();
    await fireEvent.click(screen.getByRole("radio", { name: "Outbound" }));
    expect(await screen.findByText(/The one that is open keeps the version it began with/)).toBeTruthy();
  });

  it("are reordered by key, the ends staying where they are", async () => {
    await show();
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowUp", altKey: true });
    expect(order().slice(0, 3)).toEqual(["received", "contacted", "acknowledged"]);
    await waitFor(() => expect(document.activeElement).toBe(stage("Contacted")));
    expect(screen.getByText("Contacted is now stage 2 of 7.")).toBeTruthy();
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowUp", altKey: true });
    expect(order()[0]).toBe("received");
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowDown" });
    expect(document.activeElement).toBe(stage("Acknowledged"));
  });

  it("are reordered by dragging", async () => {
    await show();
    await fireEvent.dragStart(stage("Scheduled"));
    const target = stage("Acknowledged").closest("li") as HTMLElement;
    await fireEvent.dragOver(target);
    await fireEvent.drop(target);
    expect(order().slice(0, 4)).toEqual(["received", "scheduled", "acknowledged", "contacted"]);
  });

  it("are saved as one version, with what was changed set beside the standard", async () => {
    await show();
    await fireEvent.click(stage("Acknowledged"));
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Answered" } });
    await fireEvent.input(screen.getByLabelText("Limit"), { target: { value: "1" } });
    const table = screen.getByRole("table", { name: "Standard and yours" });
    expect(within(table).getByRole("row", { name: /Acknowledged: limit/ }).textContent).toContain("2 working days");
    expect(screen.getByText("Not saved: 2 differences from what is kept")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /^Save the path/ }));
    const sent = set.mock.lastCall?.[2] as typeof inbound;
    expect(set.mock.lastCall?.slice(0, 2)).toEqual(["inbound", null]);
    expect([sent.stages[1]?.name, sent.stages[1]?.limit]).toEqual(["Answered", { count: 1, unit: "wd" }]);
  });

  it("can’t be saved while a limit can’t be read", async () => {
    await show();
    await fireEvent.click(stage("Acknowledged"));
    await fireEvent.click(screen.getByLabelText("Payer"));
    const limit = screen.getByLabelText("Limit");
    await fireEvent.input(limit, { target: { value: "two" } });
    await fireEvent.blur(limit);
    expect(screen.getByText("Give whole days, 0 to 365.")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Save the path/ }).disabled).toBe(true);
  });

  it("show what the core refused beside the field it means", async () => {
    set.mockImplementation(() => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message: "Give a limit of at most 365 days.", field: "limit" } }));
    await show();
    await fireEvent.click(stage("Seen"));
    await fireEvent.input(screen.getByLabelText("Limit"), { target: { value: "400" } });
    await fireEvent.click(stage("Seen"));
    await fireEvent.click(screen.getByRole("button", { name: /^Save the path/ }));
    const said = await screen.findByText("Give a limit of at most 365 days.");
    expect(screen.getByLabelText("Limit").getAttribute("aria-describedby")).toBe(said.closest("p")?.id);
  });

  it("gain a stage of the practice’s own and lose one", async () => {
    await show();
    await fireEvent.click(screen.getByRole("button", { name: "Add a stage" }));
    await fireEvent.change(screen.getByLabelText("Stage to add"), { target: { value: "own" } });
    await fireEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(screen.getByText("Give your stage a name.")).toBeTruthy();
    await fireEvent.input(screen.getByLabelText("Name of your stage"), { target: { value: "Triage" } });
    await fireEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(stage("Triage").getAttribute("aria-expanded")).toBe("true");
    await fireEvent.click(screen.getByRole("button", { name: "Remove stage" }));
    expect(screen.queryByRole("button", { name: /Triage/ })).toBeNull();
  });

  it("take an item of a checklist with the words typed at once", async () => {
    await show();
    await fireEvent.click(stage("Contacted"));
    await fireEvent.click(screen.getByRole("button", { name: "Add an item" }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Item 1")));
    await fireEvent.input(screen.getByLabelText("Item 1"), { target: { value: "Ask for the card" } });
    await fireEvent.keyDown(screen.getByLabelText("Item 1"), { key: "Enter" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Item 2")));
    await fireEvent.click(screen.getByRole("button", { name: "Remove Ask for the card" }));
    expect(screen.queryByLabelText("Item 2")).toBeNull();
  });

  it("are kept as a draft, and whoever leaves is asked", async () => {
    await show();
    expect(await goAway()).not.toHaveBeenCalled();
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowUp", altKey: true });
    expect(await goAway()).toHaveBeenCalledOnce();
    const dialog = await screen.findByRole("dialog", { name: "The path is not saved" });
    await fireEvent.click(within(dialog).getByRole("button", { name: "Keep for later" }));
    await waitFor(() => expect(router.goto).toHaveBeenCalledExactlyOnceWith("#/partners"));
    expect(kept).toHaveBeenCalledExactlyOnceWith("path-inbound-all", expect.stringContaining("acknowledged"));
    expect(set).not.toHaveBeenCalled();
  });

  it("stay on the path that was changed when asked and answered so", async () => {
    await show();
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowUp", altKey: true });
    await fireEvent.click(screen.getByRole("radio", { name: "Outbound" }));
    await fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Stay here" }));
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Inbound" }).checked).toBe(true);
    expect(order()[1]).toBe("contacted");
  });

  it("come back with what was changed and not saved", async () => {
    vi.spyOn(commands, "draftGet").mockImplementation((kind) => ok(kind === "path-inbound-all" ? { body: JSON.stringify({ ...inbound, attempts: 7 }), changedAt: 1 } : null));
    await show();
    expect(await screen.findByText("What you changed and did not save is here again.")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Attempts to reach the patient").value).toBe("7");
  });

  it("are looked at only by who may not change the settings", async () => {
    access.rights = { ...rights, vault: "read" };
    await show();
    await fireEvent.keyDown(stage("Contacted"), { key: "ArrowUp", altKey: true });
    expect(order()[1]).toBe("acknowledged");
    expect(screen.queryByRole("button", { name: "Add a stage" })).toBeNull();
  });
});

import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type PartnerRow } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import PartnersScreen from "./PartnersScreen.svelte";

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock("$app/navigation", () => ({ goto }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const row = (id: string, name: string): PartnerRow => ({
  id, name, class: "medical", type: "primary_care", specialty: null, individual: false, city: "Alder Falls", status: "active", ring: "active", touchedOn: null, owner: null,
  lastOn: "2026-11-01", receivedYear: 17, sentYear: 2, months: Array.from({ length: 12 }, () => 1), tags: [],
});
let list: MockInstance<typeof commands.partnersList>;
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));
const grid = () => screen.getByRole("grid");

function open(rows = [row("p1", "Pine Hollow"), row("p2", "Brandt Internal Medicine")]) {
  list = vi.spyOn(commands, "partnersList").mockImplementation(() => ok({ rows, next: null, total: rows.length }));
  vi.spyOn(commands, "partnersCounts").mockImplementation(() => ok({ total: rows.length, byStatus: [{ status: "cooling", partners: 28 }], byType: [{ type: "primary_care", class: "medical", partners: 2 }] }));
  vi.spyOn(commands, "partnerViews").mockImplementation(() => ok([{ id: "v1", name: "North", partners: 6, view: { filter: { tag: ["t1"] }, sort: "name", descending: false, columns: [] } }]));
  vi.spyOn(commands, "tagsList").mockImplementation(() => ok([{ id: "t1", name: "North side", partners: 6 }]));
  vi.spyOn(commands, "partnerTypes").mockResolvedValue([]);
  vi.spyOn(commands, "door").mockResolvedValue({ status: "error", error: { code: "locked", message: "", field: null } });
  vi.spyOn(commands, "partnerGet").mockResolvedValue({ status: "error", error: { code: "missing", message: "gone", field: null } });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const shown = render(WithQueries, { props: { client, component: PartnersScreen as never, props: {} } });
  return { ...shown, client };
}
const asked = () => list.mock.lastCall?.[0];

beforeEach(() => void goto.mockReset());

describe("the partner list", () => {
  it("begins with those who send most, and says how many there are", async () => {
    open();
    expect(await screen.findByText("Pine Hollow")).toBeTruthy();
    expect(asked()).toMatchObject({ filter: {}, sort: "received_year", descending: true, cursor: null });
    expect(screen.getByText("2 partners")).toBeTruthy();
  });

  it("shows a view with its count, and asks for what it stands for", async () => {
    open();
    await fireEvent.click(await screen.findByRole("button", { name: /Cooling\s*28/ }));
    await waitFor(() => expect(asked()).toMatchObject({ filter: { status: ["cooling"] } }));
    await fireEvent.click(screen.getByRole("button", { name: /North\s*6/ }));
    await waitFor(() => expect(asked()).toMatchObject({ filter: { tag: ["t1"] }, sort: "name", descending: false }));
  });

  it("filters from the panel that F opens, names the filter and takes it off again", async () => {
    open();
    await screen.findByText("Pine Hollow");
    press("f");
    const panel = await screen.findByRole("dialog", { name: "Filter partners" });
    await fireEvent.click(within(panel).getByLabelText("Business"));
    await waitFor(() => expect(asked()).toMatchObject({ filter: { class: ["business"] } }));
    await fireEvent.click(screen.getByRole("button", { name: "Take off Business" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Take off Business" })).toBeNull());
  });

  it("sorts by a column's head", async () => {
    open();
    await screen.findByText("Pine Hollow");
    await fireEvent.click(screen.getByRole("button", { name: "Partner" }));
    await waitFor(() => expect(asked()).toMatchObject({ sort: "name", descending: false }));
  });

  it("opens the page on Enter", async () => {
    open();
    await screen.findByText("Pine Hollow");
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    await fireEvent.keyDown(grid(), { key: "Enter" });
    expect(goto).toHaveBeenCalledWith("#/partners/p1");
  });

  it("tags all chosen partners as one action", async () => {
    const tag = vi.spyOn(commands, "partnersTag").mockImplementation(() => ok({ changed: 2, unchanged: 0, refused: [] }));
    vi.spyOn(commands, "partnersIds").mockImplementation(() => ok(["p1", "p2"]));
    open();
    await screen.findByText("Pine Hollow");
    await fireEvent.keyDown(grid(), { key: "a", ctrlKey: true });
    expect((await screen.findByRole("toolbar")).textContent).toContain("2 partners chosen");
    press("t");
    const dialog = await screen.findByRole("dialog");
    await fireEvent.input(within(dialog).getByRole("combobox"), { target: { value: "Lunch" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Tag/ }));
    expect(tag).toHaveBeenCalledExactlyOnceWith(["p1", "p2"], "Lunch");
  });

  it("names the partners a bulk act left alone", async () => {
    vi.spyOn(commands, "partnersSetOwner").mockImplementation(() => ok({ changed: 0, unchanged: 0, refused: [{ id: "p1", name: "Pine Hollow", why: "it is in the trash" }] }));
    open();
    await screen.findByText("Pine Hollow");
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    await fireEvent.keyDown(grid(), { key: " " });
    press("o");
    const dialog = await screen.findByRole("dialog");
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Set owner/ }));
    expect(await screen.findByText("Pine Hollow: It is in the trash.")).toBeTruthy();
  });

  it("moves partners without referrals to the trash at once, and asks a reason where there are some", async () => {
    const trash = vi.spyOn(commands, "partnersTrash").mockImplementation(() => ok({ changed: 1, unchanged: 0, refused: [] }));
    const preview = vi.spyOn(commands, "networkTrashPreview").mockImplementation(() => ok({ records: 1, withReferrals: 0, referrals: 0 }));
    open();
    await screen.findByText("Pine Hollow");
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    await fireEvent.keyDown(grid(), { key: " " });
    press("Delete");
    await waitFor(() => expect(trash).toHaveBeenCalledWith(["p1"], null));
    preview.mockImplementation(() => ok({ records: 1, withReferrals: 1, referrals: 41 }));
    await fireEvent.keyDown(grid(), { key: " " });
    await screen.findByRole("toolbar");
    press("Delete");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("41 referrals belong to it");
    await fireEvent.input(within(dialog).getByLabelText("Why"), { target: { value: "closed" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Move to trash/ }));
    await waitFor(() => expect(trash).toHaveBeenLastCalledWith(["p1"], "closed"));
  });

  it("keeps the filter as a view under a name", async () => {
    const save = vi.spyOn(commands, "partnerViewSave").mockImplementation(() => ok("v2"));
    open();
    await fireEvent.click(await screen.findByRole("button", { name: /Cooling\s*28/ }));
    await fireEvent.click(screen.getByRole("button", { name: "Keep this filter as a view" }));
    const dialog = await screen.findByRole("dialog");
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Keep view/ }));
    expect(dialog.textContent).toContain("Give the view a name.");
    await fireEvent.input(within(dialog).getByLabelText("Name"), { target: { value: "Call these" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Keep view/ }));
    await waitFor(() => expect(save).toHaveBeenCalledWith(null, "Call these", expect.objectContaining({ filter: { status: ["cooling"] } }), null));
  });

  it("is as it was left when one comes back", async () => {
    const { unmount, client } = open();
    await fireEvent.click(await screen.findByRole("button", { name: /Cooling\s*28/ }));
    unmount();
    render(WithQueries, { props: { client, component: PartnersScreen as never, props: {} } });
    expect((await screen.findByRole("button", { name: /Cooling\s*28/ })).getAttribute("aria-pressed")).toBe("true");
  });

  it("teaches what belongs here while it is empty", async () => {
    open([]);
    expect(await screen.findByText("No partners yet")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Import referrals" }).getAttribute("href")).toBe("#/exchange");
  });
});

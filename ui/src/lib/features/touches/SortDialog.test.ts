import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commands, type TouchRow } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import SortDialog from "./SortDialog.svelte";
import { touchDoor } from "./touchDoor.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const row = (id: string, name: string, purpose: string): TouchRow => ({
  id, partner: { id: `p${id}`, name }, people: [], referral: null, on: "2026-11-20", at: null, form: "call", startedBy: "us", twoWay: true, bulk: false, category: null, purpose, learned: "",
  minutes: 10, costCents: 0, costKind: null, keptPrivate: false, withheld: false, heldBy: { id: "m", name: "Maren Okafor", initials: "MO" }, next: null, changedAt: 1,
});

describe("touches to sort", () => {
  afterEach(() => touchDoor.close());

  it("get their kind by one key, one after the other", async () => {
    let left = [row("a", "Pine Hollow", "Asked after the first patients"), row("b", "Cove Street", "")];
    vi.spyOn(commands, "touchesToSort").mockImplementation(() => ok({ rows: left, total: left.length }));
    const sort = vi.spyOn(commands, "touchSort").mockImplementation((id) => {
      left = left.filter((one) => one.id !== id);
      return ok(null);
    });
    const onclose = vi.fn();
    render(WithQueries, { props: { client: new QueryClient({ defaultOptions: { queries: { retry: false } } }), component: SortDialog as never, props: { onclose } } });
    const first = await screen.findByRole("button", { name: /Pine Hollow/ });
    expect(screen.getByText("2 touches")).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(first));
    await fireEvent.keyDown(first, { key: "2" });
    await waitFor(() => expect(sort).toHaveBeenCalledExactlyOnceWith("a", "education"));
    const second = screen.getByRole("button", { name: /Cove Street/ });
    await waitFor(() => expect(document.activeElement).toBe(second));
    expect(screen.queryByText("Pine Hollow")).toBeNull();
    await fireEvent.keyDown(second, { key: "e" });
    expect(onclose).toHaveBeenCalledOnce();
    expect(touchDoor.row?.id).toBe("b");
  });

  it("say so when there are none", async () => {
    vi.spyOn(commands, "touchesToSort").mockImplementation(() => ok({ rows: [], total: 0 }));
    render(WithQueries, { props: { client: new QueryClient({ defaultOptions: { queries: { retry: false } } }), component: SortDialog as never, props: { onclose: vi.fn() } } });
    expect(await screen.findByText("Everything is sorted")).toBeTruthy();
  });
});

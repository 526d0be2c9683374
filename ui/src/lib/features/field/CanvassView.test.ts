import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type CanvassList, type CanvassTarget } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import CanvassDialog from "./CanvassDialog.svelte";
import CanvassView from "./CanvassView.svelte";
import { fieldView } from "./fieldView.svelte";
import WeekView from "./WeekView.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));
const target = (partner: string, name: string): CanvassTarget => ({ partner, name, town: "Portland", phone: null, attempts: 0, last: null, lastOn: null, againOn: null, done: false, doNotContact: false });
const list: CanvassList = {
  id: "c", name: "Gyms", way: "call", script: "", closedOn: null, targets: [target("a", "Northside Gym"), target("b", "Harbor Gym")], measure: { attempts: 0, talks: 0, ratio: null },
} as unknown as CanvassList;

function show(component: unknown, props: Record<string, unknown>) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  return render(WithQueries, { props: { client, component: component as never, props: props as never } });
}

beforeEach(() => fieldView.leave());

describe("canvassing", () => {
  beforeEach(() => {
    vi.spyOn(commands, "canvassLists").mockImplementation(() => ok([{ id: "c", name: "Gyms", talked: 0, targets: 2 }] as never));
    vi.spyOn(commands, "canvassList").mockImplementation(() => ok(list));
  });

  it("puts one attempt down for two quick keys, and names the key of each answer below", async () => {
    let finish = () => {};
    const attempt = vi.spyOn(commands, "canvassAttempt").mockImplementation(() => new Promise((done) => { finish = () => done({ status: "ok", data: null } as never); }));
    show(CanvassView, { today: "2026-11-25" });
    await screen.findByRole("heading", { name: "Northside Gym" });
    expect(screen.getAllByText("Gatekeeper").length).toBe(2);
    press("1");
    press("1");
    press("2");
    finish();
    await screen.findByRole("heading", { name: "Harbor Gym" });
    expect(attempt).toHaveBeenCalledExactlyOnceWith("c", expect.objectContaining({ partner: "a", outcome: "no_answer" }));
  });

  it("tries again on a day that can be read", async () => {
    const attempt = vi.spyOn(commands, "canvassAttempt").mockImplementation(() => ok(null) as never);
    show(CanvassView, { today: "2026-11-25" });
    await screen.findByRole("heading", { name: "Northside Gym" });
    press("5");
    const day = await screen.findByLabelText("Try again on");
    await fireEvent.input(day, { target: { value: "some day" } });
    await fireEvent.blur(day);
    await fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
    expect(day.getAttribute("aria-invalid")).toBe("true");
    expect(attempt).not.toHaveBeenCalled();
  });

  it("leaves the field empty, without a check mark, once a partner is on the list, and refuses a name that was not chosen", async () => {
    vi.spyOn(commands, "partnersList").mockImplementation(() => ok({ rows: [{ id: "a", name: "Northside Gym", city: "Portland" }] } as never));
    const save = vi.spyOn(commands, "canvassSave").mockImplementation(() => ok("c"));
    const { container } = show(CanvassDialog, { open: true, list: null, onsaved: vi.fn(), onclose: vi.fn() });
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Add a partner" });
    const found = () => screen.queryAllByRole("option", { hidden: true }).find((option) => option.id !== "");
    field.focus();
    await fireEvent.input(field, { target: { value: "Nor" } });
    await waitFor(() => expect(found()?.textContent).toContain("Northside Gym"));
    await fireEvent.click(found() ?? field);
    await waitFor(() => expect(field.value).toBe(""));
    expect(container.querySelector(".ok")).toBeNull();
    await fireEvent.input(field, { target: { value: "Harbor" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
    expect(await screen.findByText("Choose the partner from the list, or empty this field.")).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
  });
});

describe("the week outside", () => {
  const stop = (id: string, outcome: "visited" | "skipped" | null) => ({ id, name: `Office ${id}`, begin: outcome === "skipped" ? null : 600, fixed: false, late: false, outcome });
  const days = [
    { on: "2026-11-23", day: "d1", stops: [stop("a", null), stop("b", "skipped"), stop("c", "visited")], tenths: 81, driving: 24, over: null },
    { on: "2026-11-24", day: "d2", stops: [], tenths: 0, driving: 0, over: null },
  ];

  it("counts what is gone to, says what is left out, and opens nothing while a stop moves", async () => {
    vi.spyOn(commands, "fieldWeek").mockImplementation(() => ok({ days } as never));
    let finish = () => {};
    vi.spyOn(commands, "fieldStopMove").mockImplementation(() => new Promise((done) => { finish = () => done({ status: "ok", data: null } as never); }));
    const onopen = vi.fn();
    show(WeekView, { on: "2026-11-23", liaison: "m", today: "2026-11-23", onopen, onplan: vi.fn() });
    expect(await screen.findByText("2 stops, 8.1 mi, 24 min, 1 left out")).toBeTruthy();
    expect(screen.getByText("Left out")).toBeTruthy();
    handleKey(new KeyboardEvent("keydown", { key: "ArrowRight", altKey: true }));
    press("Enter");
    expect(onopen).not.toHaveBeenCalled();
    finish();
    await new Promise((done) => setTimeout(done, 20));
    press("Enter");
    expect(onopen).toHaveBeenCalledExactlyOnceWith("2026-11-23");
  });
});

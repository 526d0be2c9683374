import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HolderShown } from "$lib/ipc/bindings";
import Board from "./Board.svelte";
import type { Baton, Lane } from "./model";

const holder = (id: string, name: string): HolderShown => ({ holder: { kind: "profile", id }, name, away: false, deputy: null });
const baton = (id: string): Baton => ({
  id, patient: `Patient ${id}`, outbound: false, partner: "Ito", nextStep: "Reach the patient", stage: { code: "received", name: "Received", at: 1, of: 8 },
  waited: { days: 1, limit: 2, unit: "wd" }, dueOn: "2026-11-30", holder: holder("1", "Jonas"), offeredTo: null, offerLapsed: false,
});
const lane = (key: string, name: string, ...batons: Baton[]): Lane => ({ key, name, batons, count: batons.length, late: 0, longest: null, person: null });

function open(accepts: (baton: Baton, lane: Lane) => boolean = () => true) {
  const onmove = vi.fn();
  const lanes = [lane("a", "Received", baton("1"), baton("2")), lane("b", "Acknowledged"), lane("c", "Scheduled", baton("3"))];
  render(Board, { props: { lanes, today: "2026-11-26", current: null, accepts, dropText: (to: Lane) => `Move to ${to.name}`, dropHint: "", onopen: vi.fn(), onmove } });
  return onmove;
}
const card = (id: string) => screen.getByText(`Patient ${id}`).closest("button") as HTMLElement;
const over = (name: string | null) => { document.elementFromPoint = () => (name === null ? null : screen.getByRole("group", { name })); };

describe("the board", () => {
  beforeEach(() => over(null));

  it("walks by arrows, over empty lanes too", async () => {
    open();
    card("1").focus();
    await fireEvent.keyDown(card("1"), { key: "ArrowDown" });
    expect(document.activeElement).toBe(card("2"));
    await fireEvent.keyDown(card("2"), { key: "ArrowRight" });
    expect(document.activeElement).toBe(card("3"));
  });

  it("sends a baton to the next lane that takes it", async () => {
    const onmove = open((_, to) => to.key === "c");
    await fireEvent.keyDown(card("1"), { key: "ArrowRight", shiftKey: true });
    expect(onmove).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: "1" }), expect.objectContaining({ key: "c" }));
  });

  it("carries a card with the mouse to a lane that says what will happen", async () => {
    const onmove = open();
    await fireEvent.pointerDown(card("1"), { button: 0, clientX: 10, clientY: 10 });
    over("Acknowledged");
    await fireEvent.pointerMove(window, { clientX: 200, clientY: 20 });
    expect(screen.getByText("Move to Acknowledged")).toBeTruthy();
    await fireEvent.pointerUp(window);
    expect(onmove).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: "1" }), expect.objectContaining({ key: "b" }));
  });

  it("takes a press that hardly moves for a click, and Escape for a change of mind", async () => {
    const onmove = open();
    over("Acknowledged");
    await fireEvent.pointerDown(card("1"), { button: 0, clientX: 10, clientY: 10 });
    await fireEvent.pointerMove(window, { clientX: 12, clientY: 11 });
    await fireEvent.pointerUp(window);
    await fireEvent.pointerDown(card("1"), { button: 0, clientX: 10, clientY: 10 });
    await fireEvent.pointerMove(window, { clientX: 200, clientY: 20 });
    await fireEvent.keyDown(window, { key: "Escape" });
    await fireEvent.pointerUp(window);
    expect(onmove).not.toHaveBeenCalled();
  });

  it("lets nothing go over a lane that does not take it", async () => {
    const onmove = open((_, to) => to.key === "c");
    await fireEvent.pointerDown(card("1"), { button: 0, clientX: 10, clientY: 10 });
    over("Acknowledged");
    await fireEvent.pointerMove(window, { clientX: 200, clientY: 20 });
    expect(screen.queryByText("Move to Acknowledged")).toBeNull();
    await fireEvent.pointerUp(window);
    expect(onmove).not.toHaveBeenCalled();
  });
});

import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Toaster from "./Toaster.svelte";
import { Toasts } from "./toasts.svelte";

describe("a notice", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("stays eight seconds", () => {
    const toasts = new Toasts();
    toasts.show({ text: "Saved" });
    vi.advanceTimersByTime(7_900);
    expect(toasts.list).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(toasts.list).toHaveLength(0);
  });

  it("stays while it is pointed at or has the focus, and eight seconds after", () => {
    const toasts = new Toasts();
    toasts.show({ text: "Saved" });
    toasts.hold();
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toHaveLength(1);
    toasts.release();
    vi.advanceTimersByTime(8_100);
    expect(toasts.list).toHaveLength(0);
  });

  it("takes back what it tells of, once", async () => {
    const toasts = new Toasts();
    const undo = vi.fn();
    render(Toaster, { props: { toasts } });
    toasts.show({ text: "38 partners moved to Trash", undo });
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByRole("status").textContent).toContain("38 partners moved to Trash");
    await fireEvent.click(screen.getByRole("button", { name: /Undo/ }));
    expect(undo).toHaveBeenCalledOnce();
    expect(toasts.list).toHaveLength(0);
  });

  it("makes room: three stand at once", () => {
    const toasts = new Toasts();
    for (const text of ["a", "b", "c", "d"]) toasts.show({ text });
    expect(toasts.list.map((notice) => notice.text)).toEqual(["b", "c", "d"]);
  });
});

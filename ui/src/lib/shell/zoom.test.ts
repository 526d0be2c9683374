import { beforeEach, describe, expect, it, vi } from "vitest";
import { zoom } from "./zoom.svelte";

describe("the size of everything", () => {
  beforeEach(() => {
    zoom.onchange = vi.fn();
    zoom.set(100);
  });

  it("goes in steps, to twice the size and no further", () => {
    for (let i = 0; i < 20; i += 1) zoom.step(1);
    expect(zoom.value).toBe(200);
    expect(zoom.onchange).toHaveBeenLastCalledWith(200);
    for (let i = 0; i < 20; i += 1) zoom.step(-1);
    expect(zoom.value).toBe(75);
  });

  it("is kept beside the window, and the usual size leaves nothing there", () => {
    zoom.set(150);
    expect(localStorage.getItem("baton.zoom")).toBe("150");
    zoom.set(100);
    expect(localStorage.getItem("baton.zoom")).toBeNull();
  });
});

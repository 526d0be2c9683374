import { beforeEach, describe, expect, it, vi } from "vitest";
import { device, usualChoices } from "./device.svelte";
import { theme } from "./theme.svelte";
import { zoom } from "./zoom.svelte";

describe("the choices of this computer", () => {
  beforeEach(() => {
    device.onkeep = vi.fn();
    device.begin(usualChoices);
    zoom.onchange = vi.fn();
  });

  it("are what was chosen the last time", () => {
    device.begin({ theme: "dark", zoom: 150, idleMinutes: 5, singleLetters: false, notices: false });
    expect(device.onkeep).not.toHaveBeenCalled();
    theme.apply();
    zoom.apply();
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(zoom.onchange).toHaveBeenCalledExactlyOnceWith(150);
  });

  it("are kept together whenever one of them changes", () => {
    theme.set("dark");
    zoom.set(125);
    expect(device.onkeep).toHaveBeenLastCalledWith({ ...usualChoices, theme: "dark", zoom: 125 });
    theme.set("system");
    expect(document.documentElement.dataset["theme"]).toBeUndefined();
  });

  it("show everything in steps, to twice the size and no further", () => {
    for (let i = 0; i < 20; i += 1) zoom.step(1);
    expect(zoom.value).toBe(200);
    expect(zoom.onchange).toHaveBeenLastCalledWith(200);
    for (let i = 0; i < 20; i += 1) zoom.step(-1);
    expect(zoom.value).toBe(75);
  });

  it("show a size that is no step as usual", () => {
    device.begin({ ...usualChoices, zoom: 137 });
    expect(zoom.value).toBe(100);
  });
});

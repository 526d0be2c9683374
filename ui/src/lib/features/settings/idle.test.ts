import { afterEach, describe, expect, it, vi } from "vitest";
import { device, keySettings } from "$lib/shell";
import { idle, idleMinutes, letters } from "./idle.svelte";

describe("the choices of this computer", () => {
  afterEach(() => {
    idle.set(10);
    letters.set(true);
  });

  it("read whole minutes from 1 to 60 and nothing else", () => {
    expect(["1", " 60 ", "0", "61", "7.5", "ten", ""].map((text) => idleMinutes(text))).toEqual([1, 60, null, null, null, null, null]);
  });

  it("keep the minutes beyond the window", () => {
    device.onkeep = vi.fn();
    idle.set(25);
    expect(device.onkeep).toHaveBeenCalledExactlyOnceWith({ ...device.chosen, idleMinutes: 25 });
    expect(idle.minutes).toBe(25);
  });

  it("turn single letters off for every screen", () => {
    letters.set(false);
    expect(keySettings.singleLetters).toBe(false);
  });
});

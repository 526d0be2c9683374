import { afterEach, describe, expect, it } from "vitest";
import { keySettings } from "$lib/shell";
import { idle, idleMinutes, letters } from "./idle.svelte";

describe("the choices of this computer", () => {
  afterEach(() => {
    idle.set(10);
    letters.set(true);
  });

  it("read whole minutes from 1 to 60 and nothing else", () => {
    expect(["1", " 60 ", "0", "61", "7.5", "ten", ""].map((text) => idleMinutes(text))).toEqual([1, 60, null, null, null, null, null]);
  });

  it("keep the minutes beside the window", () => {
    idle.set(25);
    expect(localStorage.getItem("baton.idle-minutes")).toBe("25");
    expect(idle.minutes).toBe(25);
  });

  it("turn single letters off for every screen", () => {
    letters.set(false);
    expect(keySettings.singleLetters).toBe(false);
  });
});

import { render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type DeskState } from "$lib/ipc/bindings";
import TimeBand from "./TimeBand.svelte";
import { timeView } from "./time.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const policy = { idleMinutes: 10, clipboardSeconds: 60 };
const state = (asOf: string | null): DeskState => ({ asOf, policy });

describe("the time view", () => {
  beforeEach(() => timeView.leave());

  it("shows a band with the day and the way back, and reads everything again each time", async () => {
    const desk = vi.spyOn(commands, "deskState").mockReturnValue(ok(state("2026-03-07")));
    vi.spyOn(commands, "timeLook").mockReturnValue(ok(null));
    vi.spyOn(commands, "timeToday").mockReturnValue(ok(null));
    const switched = vi.fn(async () => {});
    timeView.onswitch = switched;
    render(TimeBand);
    expect(screen.queryByRole("status")).toBeNull();
    expect(await timeView.look({ kind: "day", value: "2026-03-07" })).toBe(true);
    flushSync();
    expect(screen.getByRole("status").textContent).toContain("As of");
    desk.mockReturnValue(ok(state(null)));
    await timeView.today();
    flushSync();
    expect(screen.queryByRole("status")).toBeNull();
    expect(switched).toHaveBeenCalledTimes(2);
  });

  it("lets no screen show while what it read goes", async () => {
    vi.spyOn(commands, "deskState").mockReturnValue(ok(state(null)));
    vi.spyOn(commands, "timeToday").mockReturnValue(ok(null));
    let during: boolean | null = null;
    timeView.onswitch = async () => {
      during = timeView.switching;
      throw new Error("a screen that could not be left");
    };
    await timeView.today();
    expect([during, timeView.switching]).toEqual([true, false]);
    timeView.onswitch = () => Promise.resolve();
  });

  it("stays on today and says why when a day can't be shown", async () => {
    vi.spyOn(commands, "deskState").mockReturnValue(ok(state(null)));
    vi.spyOn(commands, "timeLook").mockReturnValue(Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message: "The practice begins on March 7, 2026.", field: "day" } }));
    timeView.ask();
    expect(await timeView.look({ kind: "day", value: "2020-01-01" })).toBe(false);
    expect([timeView.asOf, timeView.asking, timeView.error]).toEqual([null, true, "The practice begins on March 7, 2026."]);
  });

  it("says nothing of what the person stopped themselves", async () => {
    vi.spyOn(commands, "deskState").mockReturnValue(ok(state(null)));
    vi.spyOn(commands, "timeLook").mockReturnValue(Promise.resolve({ status: "error" as const, error: { code: "cancelled" as const, message: "Cancelled.", field: null } }));
    await timeView.look({ kind: "entry", value: 3 });
    expect(timeView.error).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchIdle } from "./idle";

describe("an unattended window", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const clock = () => ({ now: () => Date.now(), target: new EventTarget() });

  it("is told once after ten minutes without a person", () => {
    const idle = vi.fn();
    const stop = watchIdle(10, idle, clock());
    vi.advanceTimersByTime(9 * 60_000);
    expect(idle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20 * 60_000);
    expect(idle).toHaveBeenCalledOnce();
    stop();
  });

  it("counts from the last key or movement", () => {
    const idle = vi.fn();
    const its = clock();
    const stop = watchIdle(10, idle, its);
    vi.advanceTimersByTime(9 * 60_000);
    its.target.dispatchEvent(new Event("keydown"));
    vi.advanceTimersByTime(9 * 60_000);
    expect(idle).not.toHaveBeenCalled();
    stop();
  });

  it("locks on the first movement after the computer has slept", () => {
    const idle = vi.fn();
    const its = clock();
    const stop = watchIdle(10, idle, its);
    vi.setSystemTime(Date.now() + 3_600_000);
    its.target.dispatchEvent(new Event("pointermove"));
    expect(idle).toHaveBeenCalledOnce();
    stop();
  });
});

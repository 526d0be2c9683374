import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import { beforeLock, draftOf, flushDrafts } from "./drafts";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });

describe("a draft", () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it("is written once, after a pause in typing", async () => {
    const save = vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
    const draft = draftOf("intake");
    draft.keep("a");
    draft.keep("ab");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledExactlyOnceWith("intake", "ab");
  });

  it("is written at once before a lock", async () => {
    const save = vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
    draftOf("intake").keep("half a name");
    await flushDrafts();
    expect(save).toHaveBeenCalledExactlyOnceWith("intake", "half a name");
  });

  it("comes after the fields that save themselves", async () => {
    const order: string[] = [];
    vi.spyOn(commands, "draftSave").mockImplementation((kind) => { order.push(kind); return ok(null); });
    const stop = beforeLock(async () => { order.push("field"); });
    const stopFailing = beforeLock(() => Promise.reject(new Error("refused")));
    draftOf("intake").keep("half a name");
    await flushDrafts();
    stop();
    stopFailing();
    await flushDrafts();
    expect(order).toEqual(["field", "intake"]);
  });

  it("is gone when its form was saved, also what still waited", async () => {
    const save = vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
    const clear = vi.spyOn(commands, "draftClear").mockReturnValue(ok(null));
    const draft = draftOf("intake");
    draft.keep("a");
    await draft.clear();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(clear).toHaveBeenCalledExactlyOnceWith("intake");
    expect(save).not.toHaveBeenCalled();
  });

  it("that cannot be kept does not stand in the way", async () => {
    vi.spyOn(commands, "draftSave").mockReturnValue(Promise.resolve({ status: "error", error: { code: "locked", message: "Locked.", field: null } }));
    const draft = draftOf("intake");
    draft.keep("a");
    await expect(draft.flush()).resolves.toBeUndefined();
  });
});

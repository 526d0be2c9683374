import { beforeEach, describe, expect, it, vi } from "vitest";
import { toasts } from "$lib/design";
import { commands, type Entry, type UndoAnswer } from "$lib/ipc/bindings";
import { toldHere, undoing } from "./undo.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const entry = (seq: number, action = "partner_add"): Entry => ({ seq, action, subject: "Pine Hollow", records: 1 });
const done: UndoAnswer = { kind: "done", of: entry(7), entry: entry(8, "undo"), conflicts: [] };
const stopped: UndoAnswer = { kind: "conflicts", of: entry(7), conflicts: [] };
const last = () => toasts.list.at(-1);

describe("taking back", () => {
  beforeEach(() => {
    toasts.clear();
    undoing.leave();
  });

  it("says what it took and offers to bring it back", async () => {
    const undo = vi.spyOn(commands, "historyUndo").mockReturnValue(ok(done));
    await undoing.take(7);
    expect(last()?.text).toBe("Taken back: Pine Hollow added");
    await last()?.undo?.();
    expect(undo).toHaveBeenLastCalledWith(8, "ask");
    expect(last()?.text).toBe("Brought back: Pine Hollow added");
  });

  it("changes nothing where something was changed since, until it is decided", async () => {
    const undo = vi.spyOn(commands, "historyUndo").mockReturnValueOnce(ok(stopped)).mockReturnValue(ok(done));
    await undoing.take(7);
    expect(undoing.conflicts?.answer).toEqual(stopped);
    expect(toasts.list).toEqual([]);
    await undoing.decide("keep_newer");
    expect(undo).toHaveBeenLastCalledWith(7, "keep_newer");
    expect(undoing.conflicts).toBeNull();
  });

  it("says when there is nothing to take or to bring back", async () => {
    vi.spyOn(commands, "historyUndoLast").mockReturnValue(ok<UndoAnswer>({ kind: "nothing" }));
    vi.spyOn(commands, "historyRedoLast").mockReturnValue(ok<UndoAnswer>({ kind: "nothing" }));
    await undoing.last();
    await undoing.again();
    expect(toasts.list.map((notice) => notice.text)).toEqual(["There is nothing to take back.", "There is nothing to bring back."]);
  });

  it("tells its own entries itself, so that they are not announced twice", () => {
    expect([toldHere("undo"), toldHere("redo"), toldHere("partner_add")]).toEqual([true, true, false]);
  });
});

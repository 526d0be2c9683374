import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PossibleDuplicate } from "$lib/ipc/bindings";
import { DuplicateWatch, worthAsking } from "./duplicateWatch.svelte";

const { networkDuplicates, networkMarkDifferent } = vi.hoisted(() => ({ networkDuplicates: vi.fn(), networkMarkDifferent: vi.fn() }));
vi.mock("$lib/ipc/bindings", () => ({ commands: { networkDuplicates, networkMarkDifferent } }));

const pine: PossibleDuplicate = { record: { kind: "partner", id: "p3" }, name: "Pine Hollow", detail: "Alder Falls", why: ["same_name"], certain: false };

beforeEach(() => {
  vi.useFakeTimers();
  networkDuplicates.mockResolvedValue({ status: "ok", data: [pine] });
  networkMarkDifferent.mockResolvedValue({ status: "ok", data: null });
  return () => vi.useRealTimers();
});

describe("looking for duplicates while somebody is typed in", () => {
  it("begins with three letters, a whole number or an address", () => {
    expect(worthAsking({ name: "Pi" })).toBe(false);
    expect(worthAsking({ name: "Pin" })).toBe(true);
    expect(worthAsking({ npi: "1234567893" })).toBe(true);
    expect(worthAsking({ phone: "555-0100" })).toBe(true);
    expect(worthAsking({ email: "office@" })).toBe(false);
  });

  it("asks once after a pause and shows what was found", async () => {
    const watch = new DuplicateWatch();
    watch.look({ kind: "partner", name: "Pine" });
    watch.look({ kind: "partner", name: "Pine Hollow" });
    await vi.runAllTimersAsync();
    expect(networkDuplicates).toHaveBeenCalledExactlyOnceWith({ kind: "partner", name: "Pine Hollow" });
    expect(watch.found).toEqual([pine]);
  });

  it("never shows an old answer over a newer question", async () => {
    const watch = new DuplicateWatch();
    let answerLate: (value: unknown) => void = () => undefined;
    networkDuplicates.mockReturnValueOnce(new Promise((resolve) => (answerLate = resolve)));
    watch.look({ kind: "partner", name: "Pine" });
    await vi.runAllTimersAsync();
    watch.look({ kind: "partner", name: "P" });
    answerLate({ status: "ok", data: [pine] });
    await vi.runAllTimersAsync();
    expect(watch.found).toEqual([]);
  });

  it("does not ask again about one said to be different, and remembers that once the new one is saved", async () => {
    const watch = new DuplicateWatch();
    watch.look({ kind: "partner", name: "Pine Hollow" });
    await vi.runAllTimersAsync();
    watch.setAside(pine);
    expect(watch.found).toEqual([]);
    watch.look({ kind: "partner", name: "Pine Hollow F" });
    await vi.runAllTimersAsync();
    expect(watch.found).toEqual([]);
    await watch.remember({ kind: "partner", id: "new" });
    expect(networkMarkDifferent).toHaveBeenCalledExactlyOnceWith({ kind: "partner", id: "new" }, pine.record);
  });

  it("does not stand in the way when it fails", async () => {
    networkDuplicates.mockResolvedValue({ status: "error", error: { code: "failed", message: "no", field: null } });
    const watch = new DuplicateWatch();
    watch.look({ kind: "partner", name: "Pine Hollow" });
    await vi.runAllTimersAsync();
    expect(watch.found).toEqual([]);
  });
});

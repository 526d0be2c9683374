import { describe, expect, it, vi } from "vitest";
import { CommandFailure } from "$lib/ipc/call";
import { FieldEditing } from "./editing.svelte";

interface Page { name: string; npi: string; stamp: number }

/** A record that refuses old stamps for a field that differs, as the core does. */
function record(start: Page) {
  let core = { ...start };
  let shown = { ...start };
  const send = vi.fn(async (field: "name" | "npi", value: string, stamp: number | null) => {
    if (field === "npi" && value === "1") throw new CommandFailure({ code: "invalid", message: "the check digit is wrong", field: "npi" });
    if (stamp !== core.stamp) throw new CommandFailure({ code: "changed_meanwhile", message: "changed meanwhile", field: null });
    core = { ...core, [field]: value, stamp: core.stamp + 1 };
  });
  const editing = new FieldEditing<Page, "name" | "npi">({
    present: () => shown,
    read: async () => (shown = { ...core }),
    stamp: (page) => page.stamp,
    valueOf: (page, field) => page[field],
    shownOf: (page, field) => page[field],
    send,
  });
  return { editing, send, core: () => core, somebodyElse: (change: Partial<Page>) => (core = { ...core, ...change, stamp: core.stamp + 1 }) };
}

describe("a field that saves itself", () => {
  it("saves what was typed and says so", async () => {
    const { editing, core } = record({ name: "Pine", npi: "", stamp: 1 });
    expect(await editing.save("name", "Pine Hollow", "Pine")).toBe(true);
    expect(core().name).toBe("Pine Hollow");
    expect(editing.saved.name).toBe(true);
  });

  it("saves nothing when nothing was changed", async () => {
    const { editing, send } = record({ name: "Pine", npi: "", stamp: 1 });
    expect(await editing.save("name", "Pine", "Pine")).toBe(true);
    expect(send).not.toHaveBeenCalled();
    expect(editing.saved.name).toBeUndefined();
  });

  it("tells beside the field what is wrong, and that is gone with the next try", async () => {
    const { editing } = record({ name: "Pine", npi: "", stamp: 1 });
    expect(await editing.save("npi", "1", "")).toBe(false);
    expect(editing.errors.npi).toBe("The check digit is wrong.");
    expect(await editing.save("npi", "2", "")).toBe(true);
    expect(editing.errors.npi).toBeUndefined();
  });

  it("is not disturbed by a change of another field", async () => {
    const { editing, core, somebodyElse } = record({ name: "Pine", npi: "", stamp: 1 });
    somebodyElse({ npi: "1234567893" });
    expect(await editing.save("name", "Pine Hollow", "Pine")).toBe(true);
    expect(core()).toMatchObject({ name: "Pine Hollow", npi: "1234567893" });
  });

  it("shows both values when the same field was changed meanwhile, and overwrites nothing", async () => {
    const { editing, core, somebodyElse } = record({ name: "Pine", npi: "", stamp: 1 });
    somebodyElse({ name: "Pine Valley" });
    expect(await editing.save("name", "Pine Hollow", "Pine")).toBe(false);
    expect(editing.conflicts.name).toMatchObject({ mine: "Pine Hollow", theirs: "Pine Valley" });
    expect(core().name).toBe("Pine Valley");
  });

  it("notices the change also when the screen shows it already", async () => {
    const { editing, somebodyElse } = record({ name: "Pine", npi: "", stamp: 1 });
    somebodyElse({ name: "Pine Valley" });
    await editing.save("npi", "2", "");
    expect(await editing.save("name", "Pine Hollow", "Pine")).toBe(false);
    expect(editing.conflicts.name).toMatchObject({ theirs: "Pine Valley" });
  });

  it("keeps mine or takes theirs, as one says", async () => {
    const mine = record({ name: "Pine", npi: "", stamp: 1 });
    mine.somebodyElse({ name: "Pine Valley" });
    await mine.editing.save("name", "Pine Hollow", "Pine");
    expect(await mine.editing.keepMine("name")).toBe(true);
    expect(mine.core().name).toBe("Pine Hollow");

    const theirs = record({ name: "Pine", npi: "", stamp: 1 });
    theirs.somebodyElse({ name: "Pine Valley" });
    await theirs.editing.save("name", "Pine Hollow", "Pine");
    theirs.editing.takeTheirs("name");
    expect(theirs.editing.conflicts.name).toBeUndefined();
    expect(theirs.core().name).toBe("Pine Valley");
  });

  it("saves two fields left in a row one after the other, without a conflict with itself", async () => {
    const { editing, core } = record({ name: "Pine", npi: "", stamp: 1 });
    expect(await Promise.all([editing.save("name", "Pine Hollow", "Pine"), editing.save("npi", "2", "")])).toEqual([true, true]);
    expect(core()).toMatchObject({ name: "Pine Hollow", npi: "2" });
  });
});

import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Key, type RecoverySheetView, type WaysIn as Ways } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import WaysIn from "./WaysIn.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
const key: Key = { id: "k1", kind: "passphrase", name: "Maren Okafor", yours: true, madeAt: 1_764_000_000_000, usedAt: 1_764_000_000_000 };
const keyring: Key = { ...key, id: "k2", kind: "keyring" };
const recovery: Key = { ...key, id: null, kind: "recovery", name: null, yours: false, usedAt: null };
const ways: Ways = { keys: [key, keyring, recovery], keyringAllowed: true, keyringOn: true, owner: true };
const view: RecoverySheetView = { practice: "Harborview", vaultId: "v", madeOn: "2026-11-02", prefix: "AGE-SECRET-KEY-1", groups: ["QQQQQQ"], challenge: [0] };

/** Stands for the sheet: its button says what typing the key back leads to. */
const sheet = createRawSnippet<[RecoverySheetView, string, () => void]>((_view, done, ondone) => ({
  render: () => `<button>${done()}</button>`,
  setup: (button) => button.addEventListener("click", () => ondone()()),
}));

async function open(found: Ways = ways) {
  vi.spyOn(commands, "keysList").mockImplementation(() => ok(found));
  render(WithQueries, { props: { client: client(), component: WaysIn as never, props: { sheet } } });
  await screen.findByRole("table");
}
async function confirm(button: string) {
  const dialog = screen.getByRole("dialog");
  await fireEvent.input(within(dialog).getByLabelText("Your passphrase"), { target: { value: "my own words" } });
  await fireEvent.click(within(dialog).getByRole("button", { name: new RegExp(`^${button}`) }));
}

beforeEach(() => {
  vi.spyOn(commands, "keysLeave").mockImplementation(() => Promise.resolve(null as never));
});

describe("the ways in", () => {
  it("are listed with whose, and only a keyring can be removed", async () => {
    const remove = vi.spyOn(commands, "keysRemove").mockImplementation(() => ok(null));
    await open();
    expect(screen.getAllByRole("row").length).toBe(4);
    const removers = screen.getAllByRole("button", { name: /^Remove the keyring/ });
    expect(removers.length).toBe(1);
    await fireEvent.click(removers[0] as HTMLElement);
    await confirm("Remove");
    await waitFor(() => expect(remove).toHaveBeenCalledWith("my own words", "k2"));
  });

  it("show nobody but an owner the keys of the practice", async () => {
    await open({ ...ways, keys: [key], owner: false, keyringOn: false });
    expect(screen.queryByRole("button", { name: "Change the practice’s key" })).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.getByRole("button", { name: "Unlock with this computer’s keyring" })).toBeTruthy();
  });

  it("offer no keyring where the practice forbids it", async () => {
    await open({ ...ways, keyringAllowed: false, keyringOn: false });
    expect(screen.queryByRole("button", { name: "Unlock with this computer’s keyring" })).toBeNull();
    expect(screen.getByText("This practice does not allow it.")).toBeTruthy();
  });

  it("forbid keyrings only with the passphrase; the box itself changes nothing", async () => {
    const allow = vi.spyOn(commands, "keysKeyringAllow").mockImplementation(() => ok(null));
    await open();
    await fireEvent.click(screen.getByRole("checkbox"));
    expect(allow).not.toHaveBeenCalled();
    await confirm("Forbid");
    await waitFor(() => expect(allow).toHaveBeenCalledWith("my own words", false));
  });

  it("change the practice’s key after the new recovery key was typed back, and show what to hand over", async () => {
    vi.spyOn(commands, "keysPrepareChange").mockImplementation(() => ok(view));
    const change = vi.spyOn(commands, "keysChange").mockImplementation(() => ok([{ name: "Tess Lindqvist", practice: "Harborview", phrase: "lantern orbit velvet canyon maple", madeOn: "2026-11-02" }]));
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Change the practice’s key" }));
    expect(screen.getByText(/Copies made before do not change/)).toBeTruthy();
    await confirm("Make the new recovery key");
    const go = await screen.findByRole("button", { name: "Change the key now" });
    expect(change).not.toHaveBeenCalled();
    await fireEvent.click(go);
    await screen.findByText("lantern orbit velvet canyon maple");
    expect(change).toHaveBeenCalledOnce();
  });
});

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type DoorPractice } from "$lib/ipc/bindings";
import Unlock from "./Unlock.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const maren = { id: "m", name: "Maren Okafor", keyring: false, first: false, wayIn: true };
const practice = (change: Partial<typeof maren>): DoorPractice => ({ name: "Harborview", lastProfile: null, profiles: [{ ...maren, ...change }] });

function open(change: Partial<typeof maren> = {}) {
  const onopen = vi.fn();
  render(Unlock, { props: { practice: practice(change), onopen, onrecover: vi.fn(), onanother: vi.fn(), onrestore: vi.fn() } });
  return onopen;
}
const typed = (label: string, text: string) => fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name: new RegExp(`^${name}`) }));

describe("the unlock screen", () => {
  it("opens with the computer’s keyring where one is set up", async () => {
    vi.spyOn(commands, "unlockFromKeyring").mockImplementation(() => ok("open"));
    const onopen = open({ keyring: true });
    await press("Unlock with this computer’s keyring");
    await waitFor(() => expect(onopen).toHaveBeenCalledOnce());
  });

  it("offers no keyring otherwise", () => {
    open();
    expect(screen.queryByRole("button", { name: /keyring/ })).toBeNull();
  });

  it("falls back to the passphrase when the keyring is away, and does not store anything", async () => {
    vi.spyOn(commands, "unlockFromKeyring").mockImplementation(() => ok("keyring_away"));
    const unlock = vi.spyOn(commands, "unlock").mockImplementation(() => ok("open"));
    const onopen = open({ keyring: true });
    await press("Unlock with this computer’s keyring");
    expect(await screen.findByText(/locked or can’t be reached/)).toBeTruthy();
    expect(screen.queryByRole("checkbox")).toBeNull();
    await typed("Maren’s passphrase", "my own words");
    await press("Unlock");
    await waitFor(() => expect(onopen).toHaveBeenCalledOnce());
    expect(unlock).toHaveBeenCalledWith("m", "my own words", false);
  });

  it("offers to store the key again when the keyring’s does not fit", async () => {
    vi.spyOn(commands, "unlockFromKeyring").mockImplementation(() => ok("keyring_stale"));
    const unlock = vi.spyOn(commands, "unlock").mockImplementation(() => ok("open"));
    open({ keyring: true });
    await press("Unlock with this computer’s keyring");
    await screen.findByRole("checkbox", { name: /Store the key/ });
    await typed("Maren’s passphrase", "my own words");
    await press("Unlock");
    await waitFor(() => expect(unlock).toHaveBeenCalledWith("m", "my own words", true));
  });

  it("lets somebody with a one-time phrase in only with a passphrase of their own", async () => {
    vi.spyOn(commands, "unlock").mockImplementation(() => ok("choose_own"));
    vi.spyOn(commands, "passphraseStrength").mockImplementation(() => ok({ score: 4, ok: true, advice: null }));
    const first = vi.spyOn(commands, "unlockFirst").mockImplementation(() => ok(null));
    const onopen = open({ first: true });
    await typed("Maren’s one-time phrase", "lantern orbit velvet canyon maple");
    await press("Unlock");
    await screen.findByText("Welcome, Maren");
    expect(onopen).not.toHaveBeenCalled();
    await typed("New passphrase", "copper harvest violin tundra plaza");
    await typed("The same again", "copper harvest violin tundra plaza");
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Open with my own/ }).disabled).toBe(false));
    await press("Open with my own");
    await waitFor(() => expect(onopen).toHaveBeenCalledOnce());
    expect(first).toHaveBeenCalledWith("m", "lantern orbit velvet canyon maple", "copper harvest violin tundra plaza");
  });

  it("tells somebody without a way in whom to ask", () => {
    open({ wayIn: false });
    expect(screen.getByText(/Ask an owner for a new one-time phrase/)).toBeTruthy();
    expect(screen.queryByLabelText("Maren’s passphrase")).toBeNull();
  });
});

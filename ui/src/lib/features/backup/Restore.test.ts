import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Backup, type RestorePreview, type SealedBackup } from "$lib/ipc/bindings";
import Restore from "./Restore.svelte";

vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => new real.QueryClient({ defaultOptions: { queries: { retry: false } } })) };
});
vi.mock("$lib/ipc/events", () => ({ onProgress: () => () => {} }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const no = (code: "wrong_passphrase" | "damaged", message: string) => Promise.resolve({ status: "error" as const, error: { code, message, field: null } });
const backup: Backup = { folder: "/p/backups/baton-2026-11-02-120000", madeAt: Date.UTC(2026, 10, 2, 12), bytes: 200_000, why: "asked", verified: true, holds: { partners: 3, people: 4, referrals: 12, entries: 40 } };
const sealed: SealedBackup = { name: "baton-2026-11-02-120000", practice: "Harborview", madeAt: backup.madeAt, why: "asked", profiles: [{ id: "m", name: "Maren Okafor", initials: "MO", keyring: false, first: false, wayIn: true }], needsRecoveryKey: false };
const preview: RestorePreview = {
  practice: "Harborview", madeAt: backup.madeAt, why: "asked", profileName: "Maren Okafor", older: false, replaces: true,
  counts: [{ kind: "referrals", now: 14, then: 12 }],
  lost: { count: 2, newest: [{ at: Date.UTC(2026, 10, 3, 9), actor: "Maren Okafor", action: "referral_add", subject: "T. Odell" }] },
  comes: { count: 0, newest: [] },
};

function screenOf() {
  vi.spyOn(commands, "restoreList").mockReturnValue(ok([backup]));
  vi.spyOn(commands, "restoreChooseListed").mockReturnValue(ok(sealed));
  vi.spyOn(commands, "restoreClose").mockResolvedValue(undefined);
  const props = {
    newPassphrase: createRawSnippet<[{ label: string; accept: (passphrase: string | null) => void }]>(() => ({ render: () => "<span></span>" })),
    sentenceOf: (action: string, subject: string) => `${action} ${subject}`, onback: vi.fn(), ondone: vi.fn(),
  };
  render(Restore, { props });
  return props;
}
async function chosen() {
  await fireEvent.click(await screen.findByRole("button", { name: /^Restore the backup \(/ }));
  return screen.findByLabelText(/Passphrase of that day/);
}

describe("Restore", () => {
  beforeEach(() => vi.restoreAllMocks());

  it("changes nothing before it has shown what is lost and what comes", async () => {
    const commit = vi.spyOn(commands, "restoreCommit").mockReturnValue(ok({ kept: "/p/backups/before-restore-2026-11-03-090000" }));
    const prepare = vi.spyOn(commands, "restorePrepare").mockReturnValue(ok(preview));
    const { ondone } = screenOf();
    const field = await chosen();
    await fireEvent.input(field, { target: { value: "lantern orbit" } });
    await fireEvent.click(screen.getByRole("button", { name: /Look at it/ }));
    expect(await screen.findByText("2 entries made since would be lost")).toBeTruthy();
    expect(screen.getByText("referral_add T. Odell")).toBeTruthy();
    expect(screen.getByText("and 1 earlier one")).toBeTruthy();
    expect(prepare).toHaveBeenCalledExactlyOnceWith({ profile: "m", passphrase: "lantern orbit", key: null, newPassphrase: null, intoNew: false });
    expect(commit).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByRole("button", { name: /Restore this backup/ }));
    await vi.waitFor(() => expect(ondone).toHaveBeenCalledExactlyOnceWith(true));
  });

  it("says a wrong passphrase beside its field and lets one try again", async () => {
    vi.spyOn(commands, "restorePrepare").mockReturnValue(no("wrong_passphrase", "This passphrase does not open the practice."));
    screenOf();
    const field = await chosen();
    await fireEvent.input(field, { target: { value: "typo" } });
    await fireEvent.click(screen.getByRole("button", { name: /Look at it/ }));
    expect(await screen.findByText("This passphrase does not open the practice.")).toBeTruthy();
    expect(screen.getByLabelText(/Passphrase of that day/).getAttribute("aria-invalid")).toBe("true");
  });

  it("goes back a step at a time and lets the prepared copy go", async () => {
    vi.spyOn(commands, "restorePrepare").mockReturnValue(no("damaged", "This backup is damaged."));
    const { onback } = screenOf();
    await chosen();
    await fireEvent.keyDown(window, { key: "Escape" });
    expect(await screen.findByText("Backups of this practice")).toBeTruthy();
    expect(onback).not.toHaveBeenCalled();
    await fireEvent.keyDown(window, { key: "Escape" });
    expect(onback).toHaveBeenCalledOnce();
  });
});

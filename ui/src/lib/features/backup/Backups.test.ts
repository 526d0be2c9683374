import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Backup, type BackupState } from "$lib/ipc/bindings";
import Backups from "./Backups.svelte";
import BackupWarning from "./BackupWarning.svelte";

vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => new real.QueryClient({ defaultOptions: { queries: { retry: false } } })) };
});
vi.mock("$lib/ipc/events", () => ({ onProgress: () => () => {} }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const at = Date.UTC(2026, 10, 2, 12);
const backup: Backup = { folder: "/p/backups/baton-2026-11-02-120000", madeAt: at, bytes: 200_000, why: "before_import", verified: true, holds: { partners: 3, people: 4, referrals: 12, entries: 40 } };
const state = (more: Partial<BackupState> = {}): BackupState => ({
  lastGoodAt: at, nextAt: at, drillAt: null, drillOk: false, daysWithoutBackup: null, daysWithoutDrill: null,
  targets: [
    { folder: "/p/backups", own: true, there: true, lastGoodAt: at, problem: null },
    { folder: "/media/stick/Baton backups", own: false, there: false, lastGoodAt: at, problem: null },
  ],
  backups: [backup], settings: { rhythmHours: 24, keep: { daily: 7, weekly: 4, monthly: 12 } }, ...more,
});

function backups(of: BackupState) {
  vi.spyOn(commands, "backupState").mockReturnValue(ok(of));
  const onrestore = vi.fn();
  render(Backups, { props: { onrestore } });
  return onrestore;
}

describe("Backups", () => {
  beforeEach(() => vi.restoreAllMocks());

  it("says why each was made and which stick is not connected", async () => {
    const onrestore = backups(state());
    expect(await screen.findByText("before an import")).toBeTruthy();
    expect(screen.getByText("Not connected")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /^Restore the backup \(/ }));
    expect(onrestore).toHaveBeenCalledExactlyOnceWith(backup.folder);
  });

  it("does not call a file verified that is not as long as it was", async () => {
    backups(state({ backups: [{ ...backup, verified: false }] }));
    expect(await screen.findByText(/Don’t rely on it/)).toBeTruthy();
    expect(screen.queryByRole("img", { name: "Verified" })).toBeNull();
  });

  it("tells what a test found", async () => {
    vi.spyOn(commands, "backupDrill").mockReturnValue(ok({ ok: false, backup, problem: "this backup is damaged", entries: 0, referrals: 0, partners: 0, seconds: 0.1 }));
    backups(state());
    await fireEvent.click(await screen.findByRole("button", { name: "Test restore" }));
    expect(await screen.findByText(/could not be restored: this backup is damaged/)).toBeTruthy();
  });
});

describe("the warning on Today", () => {
  it("asks for a backup first and for a test after that, and is silent otherwise", async () => {
    for (const [more, text] of [[{ daysWithoutBackup: 8, daysWithoutDrill: 95 }, /No backup for 8 days/], [{ daysWithoutDrill: 95 }, /No test restore for 95 days/]] as const) {
      vi.spyOn(commands, "backupState").mockReturnValue(ok(state(more)));
      const { unmount } = render(BackupWarning);
      expect(await screen.findByText(text)).toBeTruthy();
      unmount();
    }
    const read = vi.spyOn(commands, "backupState").mockReturnValue(ok(state()));
    render(BackupWarning);
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

import { render, screen, waitFor } from "@testing-library/svelte";
import type { QueryClient } from "@tanstack/svelte-query";
import { createRawSnippet } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { toasts } from "$lib/design";
import { taskActs } from "$lib/features/outreach/taskActs.svelte";
import { registerView } from "$lib/features/referrals/registerView.svelte";
import { commands, type DoorView, type PracticeChanged, type Session, type TaskRow } from "$lib/ipc/bindings";
import { queryClient } from "$lib/shell/queries";
import Layout from "./+layout.svelte";

const heard = vi.hoisted(() => ({ changed: (_change: PracticeChanged) => {}, locked: () => {} }));
// The client of the window; its own module cannot be read while the query library is being replaced.
const kept = vi.hoisted((): { client: QueryClient | null } => ({ client: null }));
vi.mock("$lib/ipc/events", () => ({
  onPracticeChanged: (hear: (change: PracticeChanged) => void) => { heard.changed = hear; return () => {}; },
  onLocked: (hear: () => void) => { heard.locked = hear; return () => {}; },
  onBackupsChanged: () => () => {},
  onProgress: () => () => {},
}));
vi.mock("$app/navigation", () => ({ goto: vi.fn(async () => {}) }));
vi.mock("$app/state", () => ({ page: { url: new URL("http://tauri.localhost/#/referrals") } }));
vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => kept.client ?? new real.QueryClient()) };
});

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const session: Session = { practice: "Wrenfield Orthopedics", profile: "m", name: "Maren Okafor", role: "owner", rights: { network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve", scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true }, timeZone: "America/New_York", today: "2026-11-21", sample: false, readOnly: false, folder: "/home/maren", colleagues: [{ id: "m", name: "Maren Okafor", initials: "MO" }], newestBackup: null };
const closed: DoorView = { practice: { name: "Wrenfield Orthopedics", profiles: [{ id: "m", name: "Maren Okafor", keyring: false, first: false, wayIn: true }], lastProfile: "m" }, session: null, recent: [], newFolder: "" };
const children = createRawSnippet(() => ({ render: () => "<p>R. Achterberg, knee</p>" }));
const nothing = { total: { count: 0, exact: true }, rows: [] };

describe("the window around the rooms", () => {
  beforeEach(() => {
    kept.client = queryClient;
    queryClient.clear();
    toasts.clear();
    vi.spyOn(commands, "todayOverview").mockReturnValue(ok({ date: "2026-11-21", newSinceYesterday: nothing, newThisWeek: nothing.total, notAsked: { ...nothing, total: { count: 3, exact: true } }, visitsToConfirm: nothing, openLong: nothing, goneQuiet: [] }));
  });

  it("shows the door and nothing of the practice while it is locked", async () => {
    vi.spyOn(commands, "door").mockReturnValue(ok(closed));
    render(Layout, { props: { children } });
    expect(await screen.findByLabelText("Maren’s passphrase")).toBeTruthy();
    expect(screen.queryByText("R. Achterberg, knee")).toBeNull();
  });

  it("offers a role only what it may do and see", async () => {
    const reader: Session = { ...session, rights: { ...session.rights, referrals: "read", exchange: "none", history: "none", export: false, manageProfiles: false } };
    vi.spyOn(commands, "door").mockReturnValue(ok({ ...closed, session: reader }));
    render(Layout, { props: { children } });
    await screen.findByText("R. Achterberg, knee");
    expect(screen.getByRole("link", { name: "Referrals" })).toBeTruthy();
    expect(screen.queryByRole("link", { name: "History" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Import & export" })).toBeNull();
    expect(screen.queryByRole("button", { name: /New referral/ })).toBeNull();
  });

  it("forgets everything it read when the machine locks the practice", async () => {
    const door = vi.spyOn(commands, "door").mockReturnValue(ok({ ...closed, session }));
    render(Layout, { props: { children } });
    await screen.findByText("R. Achterberg, knee");
    registerView.showPatient("R. Achterberg");
    taskActs.dropping = { title: "Call R. Achterberg" } as TaskRow;
    queryClient.setQueryData(["referrals", "list"], ["R. Achterberg"]);
    toasts.show({ text: "Referral of R. Achterberg recorded" });
    door.mockReturnValue(ok(closed));
    heard.locked();
    await screen.findByLabelText("Maren’s passphrase");
    expect(document.body.textContent).not.toContain("Achterberg");
    expect(registerView.filter.text).toBe("");
    expect(taskActs.dropping).toBeNull();
    expect(toasts.list).toEqual([]);
    await waitFor(() => expect(queryClient.getQueryData(["referrals", "list"])).toBeUndefined());
  });

  it("tells each recorded change once, with Undo where something can be taken back", async () => {
    vi.spyOn(commands, "door").mockReturnValue(ok({ ...closed, session }));
    render(Layout, { props: { children } });
    await screen.findByText("R. Achterberg, knee");
    heard.changed({ rooms: ["referrals"], entry: { seq: 1, action: "referral_add", subject: "R. Achterberg", records: 1 } });
    heard.changed({ rooms: ["history"], entry: { seq: 2, action: "export_workbook", subject: "scorecards.xlsx", records: 0 } });
    heard.changed({ rooms: ["referrals"], entry: { seq: 3, action: "undo", subject: "R. Achterberg", records: 1 } });
    expect(toasts.list.map((notice) => [notice.text, notice.undo !== undefined])).toEqual([
      ["Referral of R. Achterberg recorded", true],
      ["Scorecards written to scorecards.xlsx", false],
    ]);
  });

  it("reads again what a write touched, and counts what waits in the sidebar", async () => {
    vi.spyOn(commands, "door").mockReturnValue(ok({ ...closed, session }));
    render(Layout, { props: { children } });
    expect(await screen.findByRole("link", { name: "Today 3" })).toBeTruthy();
    queryClient.setQueryData(["exchange", "runs"], []);
    queryClient.setQueryData(["insights", "scorecards"], []);
    queryClient.setQueryData(["door"], {});
    queryClient.setQueryData(["outreach", "due"], []);
    heard.changed({ rooms: ["network"], entry: null });
    const stale = (key: string[]) => queryClient.getQueryState(key)?.isInvalidated;
    expect([stale(["insights", "scorecards"]), stale(["exchange", "runs"]), stale(["door"])]).toEqual([true, false, false]);
    queryClient.setQueryData(["outreach", "due"], []);
    heard.changed({ rooms: ["vault"], entry: null });
    expect([stale(["door"]), stale(["outreach", "due"])]).toEqual([true, true]);
    queryClient.setQueryData(["door"], {});
    heard.changed({ rooms: ["outreach"], entry: { seq: 9, action: "task_done", subject: "Call", records: 1 } });
    expect(stale(["door"])).toBe(true);
  });
});

/** What the tests of this room are about. */
import { QueryClient } from "@tanstack/svelte-query";
import type { DoorView, Rights, Session, TaskRow } from "$lib/ipc/bindings";

export const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
export const refused = (message: string, field: string | null) => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message, field } });
export const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

export const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "write", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const session = { profile: "m", name: "Maren Okafor", today: "2026-11-25", colleagues: [{ id: "m", name: "Maren Okafor", initials: "MO" }, { id: "t", name: "Tess Lindqvist", initials: "TL" }] } as unknown as Session;
export const door = { session } as unknown as DoorView;

export const task = (id: string, title: string, dueOn: string, more: Partial<TaskRow> = {}): TaskRow => ({
  id, title, notes: "", dueOn, dueAt: null, promisedOn: null, holder: "m", holderName: "Maren Okafor", partner: null, aboutPatient: false, person: null, referral: null,
  remindMinutes: null, repeat: null, series: null, step: null, planName: null, doneOn: null, doneBy: null, dropped: null, ...more,
});

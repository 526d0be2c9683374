/** Leaks as a list: by kind, the longest first, each with the one act that is next. */
import { utcDay } from "$lib/design";
import type { LeakAction, LeakKind, LeakShown } from "$lib/ipc/bindings";
import { nextText } from "../batons/stages";
import { remedies } from "./strings";

export type LeakTab = "all" | "untouched" | "tried" | "gone";

export interface LeakGroup { kind: LeakKind; leaks: LeakShown[] }

/** Whom it hurts most comes first. */
const order: readonly LeakKind[] = ["lost_contact", "no_show", "no_report", "overdue_step", "went_elsewhere"];

/** A referral can leak in two ways at once. */
export const leakKey = (leak: Pick<LeakShown, "row" | "kind" | "step">): string => `${leak.row.id} ${leak.kind} ${leak.step}`;

/** Which stand under a tab. */
export function within(leaks: readonly LeakShown[], tab: LeakTab): LeakShown[] {
  if (tab === "gone") return leaks.filter((leak) => leak.kind === "went_elsewhere");
  if (tab === "untouched") return leaks.filter((leak) => actOf(leak) === "recover");
  if (tab === "tried") return leaks.filter((leak) => actOf(leak) !== "recover");
  return [...leaks];
}

export function leakGroups(leaks: readonly LeakShown[]): LeakGroup[] {
  return order.map((kind) => ({ kind, leaks: leaks.filter((leak) => leak.kind === kind) })).filter((group) => group.leaks.length > 0);
}

/** What one key does: nothing was tried yet, it was and goes on, or its result is known. */
export function actOf(leak: Pick<LeakShown, "action" | "result">): "recover" | "kept" | null {
  if (leak.result !== null) return null;
  return leak.action === null ? "recover" : "kept";
}

/** The step as something to do; stages of the practice's own by their names. */
export function waitsFor(leak: LeakShown, own: ReadonlyMap<string, string> = new Map()): string {
  return own.get(leak.step) ?? (leak.step === "" ? "" : nextText(leak.step, leak.row.direction === "outbound"));
}

/** The next day that is neither Saturday nor Sunday. */
export function nextWeekday(today: string): string {
  const day = utcDay(today);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
  return day.toISOString().slice(0, 10);
}

/** What is tried first about a leak of this kind. */
export function remedyOf(leak: LeakShown, own?: ReadonlyMap<string, string>): string {
  if (leak.kind === "lost_contact") return remedies.lostContact;
  if (leak.kind === "no_show") return remedies.noShow;
  if (leak.kind === "no_report") return leak.row.direction === "outbound" ? remedies.askReport : remedies.sendReport;
  if (leak.kind === "went_elsewhere") return remedies.elsewhere;
  return waitsFor(leak, own);
}

/** What is put down about it, with what changes: an action always has its day. */
export function actionOf(leak: LeakShown, changes: Partial<LeakAction>, today: string): LeakAction {
  const all: LeakAction = {
    kind: leak.kind, step: leak.step, reason: leak.reason, reasonText: leak.reasonText, action: leak.action, actionDueOn: leak.actionDueOn, result: leak.result, ...changes,
  };
  if (all.action === null) return { ...all, actionDueOn: null };
  return { ...all, actionDueOn: all.actionDueOn ?? nextWeekday(today) };
}

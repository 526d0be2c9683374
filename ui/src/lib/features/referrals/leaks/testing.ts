/** For tests: a leak of an invented referral. */
import type { LeakKind, LeakShown, RegisterRow } from "$lib/ipc/bindings";

const nobody = { partner: null, partnerName: null, class: null, person: null, personName: null };

export function leak(id: string, kind: LeakKind, step = kind === "no_show" ? "rebooked" : "", more: Partial<LeakShown> = {}, row: Partial<RegisterRow> = {}): LeakShown {
  return {
    row: {
      id, patient: `Patient ${id}`, receivedOn: "2026-11-01", direction: "inbound", chartNumber: null, from: { ...nobody, partnerName: "Pine Hollow" }, to: nobody, sourceAnswer: "named",
      reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "open", scheduledOn: null, seenOn: null, closedOn: null, ...row,
    },
    kind, step, since: "2026-11-10", holder: { holder: { kind: "profile", id: "m" }, name: "Maren Okafor", away: false, deputy: null },
    reason: null, reasonText: null, action: null, actionDueOn: null, result: null, resultOn: null, ...more,
  };
}

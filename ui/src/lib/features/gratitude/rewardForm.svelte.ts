/** The form of a gift: what is typed, as the check and the ledger read it. */
import { todayIso } from "$lib/design";
import type { GiftCandidate, Known, NewReward, NewShare, Occasion, RecipientKind, RewardKind, Split, Whom } from "$lib/ipc/bindings";
import { readMoney } from "./money";

/** Somebody in the form. */
export interface Guest {
  key: string;
  whom: Whom;
  name: string;
  detail: string;
  recipient: RecipientKind | null;
  countsTo: string | null;
  present: boolean;
  federal: Known;
}

/** Everything that is typed; kept as a draft. */
export interface Typed {
  kind: RewardKind;
  occasion: Occasion;
  on: string | null;
  amount: string;
  split: Split;
  what: string;
  cash: Known;
  solicited: Known;
  purpose: string;
  paidTo: string;
  receipt: string;
  fairValue: string;
  agreement: string;
  exception: string;
  guests: Guest[];
}

export const fresh = (): Typed => ({
  kind: "item", occasion: "thanks", on: todayIso(), amount: "", split: "each", what: "", cash: "no", solicited: "unknown",
  purpose: "", paidTo: "", receipt: "", fairValue: "", agreement: "", exception: "", guests: [],
});

export const keyOf = (whom: Whom): string => `${whom.kind}:${whom.id}`;

export function guestOf(candidate: GiftCandidate): Guest {
  return {
    key: keyOf(candidate.whom), whom: candidate.whom, name: candidate.name, detail: candidate.detail, recipient: candidate.recipient,
    countsTo: null, present: true, federal: "unknown",
  };
}

/** Somebody without a record counts as a physician’s guest until somebody says otherwise. */
export function strangerOf(name: string): Guest {
  return { key: `guest:${name}`, whom: { kind: "guest", id: name }, name, detail: "", recipient: "physician_staff", countsTo: null, present: true, federal: "unknown" };
}

/** Who a family member, somebody who works there or a guest can count to. */
export function physiciansOf(guests: readonly Guest[]): { value: string; label: string }[] {
  return guests.flatMap((guest) => (guest.recipient === "physician" && guest.whom.kind === "person" ? [{ value: guest.whom.id, label: guest.name }] : []));
}

export const throughPhysician = (recipient: RecipientKind | null): boolean => recipient === "physician_family" || recipient === "physician_staff";

function shareOf(guest: Guest, guests: readonly Guest[]): NewShare {
  const physicians = physiciansOf(guests);
  const only = physicians.length === 1 ? (physicians[0]?.value ?? null) : null;
  return {
    whom: guest.whom,
    recipient: guest.whom.kind === "ours" ? null : guest.recipient,
    countsTo: throughPhysician(guest.recipient) ? (guest.countsTo ?? only) : null,
    present: guest.present,
    federal: guest.federal,
  };
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** What is asked about; null while something is missing without which nothing can be said. */
export function rewardOf(typed: Typed): NewReward | null {
  const cents = typed.kind === "recognition" ? 0 : readMoney(typed.amount);
  if (cents === null || typed.on === null || !typed.guests.some((guest) => guest.whom.kind !== "ours" && guest.present)) return null;
  return {
    on: typed.on, kind: typed.kind, occasion: typed.occasion, what: typed.what, totalCents: cents,
    split: typed.kind === "recognition" ? "each" : typed.split, cash: typed.cash, solicited: typed.solicited,
    purpose: orNull(typed.purpose), paidTo: orNull(typed.paidTo), receipt: orNull(typed.receipt), fairValue: orNull(typed.fairValue), agreement: orNull(typed.agreement),
    shares: typed.guests.map((guest) => shareOf(guest, typed.guests)),
  };
}

/** A draft as it was kept; nothing if it is not one. */
export function readDraft(body: string): Typed | null {
  try {
    const read = JSON.parse(body) as Partial<Typed>;
    return Array.isArray(read.guests) ? { ...fresh(), ...read } : null;
  } catch {
    return null;
  }
}

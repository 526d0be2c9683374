/** Open referrals as batons: who has each now, what comes next, and by when. */
import { daysBetween } from "$lib/design";
import type { BatonRow, BoardColumn, Holder, HolderCount, HolderShown } from "$lib/ipc/bindings";
import { nextText, stageName } from "./stages";
import { batonStrings } from "./strings";

export type Unit = "wd" | "d";

export interface Baton {
  id: string;
  patient: string;
  outbound: boolean;
  /** Who sent the patient, or receives them. */
  partner: string | null;
  nextStep: string;
  stage: { code: string; name: string; at: number; of: number };
  /** How long it has waited for the next step, as its limit counts. */
  waited: { days: number; limit: number | null; unit: Unit };
  dueOn: string;
  holder: HolderShown;
  /** To whom it is offered and not accepted yet. */
  offeredTo: string | null;
  offerLapsed: boolean;
}

export interface Group {
  holder: HolderShown;
  batons: Baton[];
  /** How many there are in all, loaded or not. */
  count: number;
  late: number;
  /** The longest one of them has waited. */
  longest: Baton["waited"] | null;
  offered: Baton[];
}

/** Whoever holds it, as a key. */
export const keyOf = (holder: Holder): string => `${holder.kind}:${holder.id}`;

/** Days beyond the due date; 0 on the day itself and before. */
export const lateBy = (baton: Pick<Baton, "dueOn">, today: string): number => Math.max(0, daysBetween(baton.dueOn, today));

/** From whom, or to whom; for a referral nobody named, that. */
export const partnerOf = ({ partner, outbound }: Pick<Baton, "partner" | "outbound">): string =>
  partner === null ? batonStrings.nobody : outbound ? batonStrings.to(partner) : batonStrings.from(partner);

export function batonOf(row: BatonRow): Baton {
  const outbound = row.row.direction === "outbound";
  const party = outbound ? row.row.to : row.row.from;
  return {
    id: row.row.id,
    patient: row.row.patient || row.row.chartNumber || "—",
    outbound,
    partner: party.personName || party.partnerName || null,
    nextStep: row.nextStep ?? nextText(row.next, outbound),
    stage: { code: row.stage, name: stageName(row.stage, row.stageName), at: row.place, of: row.places },
    waited: row.waited,
    dueOn: row.dueOn,
    holder: row.holder,
    offeredTo: row.offeredTo,
    offerLapsed: row.offerLapsed,
  };
}

/** One group a holder: whoever has something late first, then by name; each by due date. */
export function groupsOf(batons: readonly Baton[], today: string, known: readonly HolderCount[] = []): Group[] {
  const groups = new Map<string, Group>();
  for (const baton of batons) {
    const key = keyOf(baton.holder.holder);
    const group = groups.get(key) ?? { holder: baton.holder, batons: [], count: 0, late: 0, longest: null, offered: [] };
    groups.set(key, group);
    group.batons.push(baton);
    group.count += 1;
    if (lateBy(baton, today) > 0) group.late += 1;
    if (baton.offeredTo !== null) group.offered.push(baton);
    if (group.longest === null || baton.waited.days > group.longest.days) group.longest = baton.waited;
  }
  for (const { holder, open, late } of known) {
    const group = groups.get(keyOf(holder));
    if (group) [group.count, group.late] = [open, late];
  }
  for (const group of groups.values()) group.batons.sort((one, other) => one.dueOn.localeCompare(other.dueOn) || one.id.localeCompare(other.id));
  return [...groups.values()].sort((one, other) => Number(other.late > 0) - Number(one.late > 0) || one.holder.name.localeCompare(other.holder.name));
}

/** A column of the board: a holder, or a stage. */
export interface Lane {
  key: string;
  name: string;
  batons: Baton[];
  /** How many there are in all, shown or not. */
  count: number;
  late: number;
  longest: Baton["waited"] | null;
  /** The holder it stands for; none for a stage. */
  person: HolderShown | null;
}

/** Who holds something, then the colleagues who could take it. */
export function holderLanes(groups: readonly Group[], colleagues: readonly { id: string; name: string }[] = []): Lane[] {
  const lanes = groups.map(({ holder, batons, count, late, longest }): Lane => ({ key: keyOf(holder.holder), name: holder.name, batons, count, late, longest, person: holder }));
  const free = colleagues.map(({ id, name }): Lane => ({ key: `profile:${id}`, name, batons: [], count: 0, late: 0, longest: null, person: { holder: { kind: "profile", id }, name, away: false, deputy: null } }));
  return [...lanes, ...free.filter((lane) => !lanes.some((one) => one.key === lane.key))];
}

/** The stages in the order of the path. One of an older path stands only while something is there. */
export function stageLanes(columns: readonly BoardColumn[]): Lane[] {
  return columns
    .filter((column) => column.onPath || column.count > 0)
    .map((column) => ({ key: column.stage, name: stageName(column.stage, column.name), batons: column.cards.map(batonOf), count: column.count, late: column.overdue, longest: null, person: null }));
}

/** Whether a baton can be put to a stage: forward along the path; after a missed visit to another agreed one. */
export function mayReach(columns: readonly Pick<BoardColumn, "stage" | "onPath">[], from: string, to: string): boolean {
  if (to === "rebooked" || from === to) return false;
  if (from === "rebooked" && to === "scheduled") return true;
  const [at, on] = [from, to].map((code) => columns.findIndex((column) => column.stage === code)) as [number, number];
  return on > at && columns[on]?.onPath === true;
}

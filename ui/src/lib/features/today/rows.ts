/** The morning as one list: what hurts first comes first, and each row knows what clears it. */
import { daysBetween, shortDate } from "$lib/design";
import type { BatonPage, FollowUp, HandOffShown, RegisterRow, TodayOverview, TodayReferrals } from "$lib/ipc/bindings";
import { nextText } from "$lib/records/stages";
import { todayStrings } from "./strings";

export type Group = "offers" | "late" | "care" | "visits" | "notAsked" | "openLong" | "news";
export type Act = "take" | "baton" | "call" | "seen" | "ask" | "day" | "look";

export interface TodayRow {
  id: string;
  group: Group;
  row: RegisterRow;
  /** Beside the name. */
  detail: string;
  /** At the right: how late, since when. */
  when: string;
  late: boolean;
  act: Act;
  /** The low rating that somebody calls about. */
  experience?: string;
}

export interface TodayGroup { id: Group; title: string; total: TodayReferrals["total"]; rows: TodayRow[] }

/** Who sent or receives, in one line. */
export function sideOf(row: RegisterRow): string {
  const party = row.direction === "outbound" ? row.to : row.from;
  return [party.personName, party.partnerName === party.personName ? null : party.partnerName].filter(Boolean).join(", ") || todayStrings.nobody;
}

function withReason(row: RegisterRow): string {
  return [sideOf(row), row.reason ?? row.serviceLine].filter(Boolean).join(", ");
}

const GROUP = 5;

/** What somebody offers me, and what is late whoever has it: both come before everything else. */
export function batonGroups(offers: readonly HandOffShown[], late: BatonPage | undefined, today: string, mayWrite = true): TodayGroup[] {
  const mine = offers.filter((offer) => offer.forMe);
  const outbound = (row: RegisterRow) => row.direction === "outbound";
  const take: TodayRow[] = mine.slice(0, GROUP).map((offer) => ({
    id: `offers:${offer.row.id}`, group: "offers", row: offer.row,
    detail: todayStrings.offeredBy(offer.nextStep ?? sideOf(offer.row), offer.from.name),
    when: offer.dueOn ? shortDate(offer.dueOn, { today }) : todayStrings.given(shortDate(offer.givenOn, { today })), late: offer.dueOn !== null && offer.dueOn < today, act: mayWrite ? "take" : "look",
  }));
  // A visit whose day has passed waits to be confirmed, which one key does: it stands there, not here too.
  const isVisit = ({ next, row }: BatonPage["rows"][number]) => next === "seen" && row.scheduledOn !== null && row.scheduledOn < today;
  const hurts: TodayRow[] = (late?.rows ?? []).filter((baton) => !isVisit(baton)).slice(0, GROUP).map((baton) => ({
    id: `late:${baton.row.id}`, group: "late", row: baton.row,
    detail: todayStrings.heldBy(baton.nextStep ?? nextText(baton.next, outbound(baton.row)), baton.holder.name),
    when: todayStrings.lateBy(Math.max(1, daysBetween(baton.dueOn, today))), late: true, act: "baton",
  }));
  const groups: TodayGroup[] = [
    { id: "offers", title: todayStrings.offers, total: { count: mine.length, exact: true }, rows: take },
    { id: "late", title: todayStrings.late, total: { count: late?.total ?? 0, exact: true }, rows: hurts },
  ];
  return groups.filter((one) => one.rows.length > 0);
}

const ORDER: readonly Group[] = ["offers", "care", "late", "visits", "notAsked", "openLong", "news"];

/** What a colleague waits for, then a patient who was let down, then what is late. */
export const inOrder = (groups: readonly TodayGroup[]): TodayGroup[] => groups.toSorted((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));

/** The groups that have something, in the order they are dealt with. Who may not change referrals can look at them. */
export function groupsOf(today: TodayOverview, mayWrite = true, followUps: readonly FollowUp[] = []): TodayGroup[] {
  const group = (id: Group, title: string, of: TodayReferrals, made: (row: RegisterRow) => Omit<TodayRow, "id" | "group" | "row">): TodayGroup => ({
    id, title, total: of.total, rows: of.rows.map((row) => ({ id: `${id}:${row.id}`, group: id, row, ...made(row), ...(mayWrite ? {} : { act: "look" as const }) })),
  });
  const day = (iso: string) => shortDate(iso, { today: today.date });
  const care: TodayGroup = {
    id: "care",
    title: todayStrings.care,
    total: { count: followUps.length, exact: true },
    rows: followUps.map(({ row, experience }) => ({
      id: `care:${experience.id}`, group: "care", row, experience: experience.id, late: false, act: mayWrite ? "call" : "look",
      detail: [todayStrings.rated(experience.rating ?? 0), sideOf(row)].join(", "), when: todayStrings.visitOn(day(experience.visitOn)),
    })),
  };
  return [
    care,
    group("visits", todayStrings.visits, today.visitsToConfirm, (row) => ({
      detail: sideOf(row), when: row.scheduledOn ? day(row.scheduledOn) : "—", late: row.scheduledOn !== null && daysBetween(row.scheduledOn, today.date) > 2, act: "seen",
    })),
    group("notAsked", todayStrings.notAsked, today.notAsked, (row) => ({
      detail: [todayStrings.receivedOn(day(row.receivedOn)), row.reason].filter(Boolean).join(", "), when: "", late: false, act: "ask",
    })),
    group("openLong", todayStrings.openLong, today.openLong, (row) => ({
      detail: withReason(row), when: todayStrings.openFor(daysBetween(row.receivedOn, today.date)), late: true, act: "day",
    })),
    group("news", todayStrings.news, today.newSinceYesterday, (row) => ({ detail: withReason(row), when: day(row.receivedOn), late: false, act: "look" })),
  ].filter((one) => one.rows.length > 0);
}

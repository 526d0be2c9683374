/** Times of day as people type them, and runs of days in the practice's calendar. */
import { appLocale, daysBetween, utcDay } from "$lib/design";
import type { CalendarDay, SpecialDay } from "$lib/ipc/bindings";
import { daysStrings, holidayNames } from "./strings";

export const FIRST_DAY = "2000-01-01";
export const LAST_DAY = "2100-12-31";
const NOON = 12 * 60;
const MIDNIGHT = 24 * 60;
/** How many days are added at once. */
const MOST = 62;

/** Minutes since midnight: "8", "8:30", "830", "5 pm", "17.30", "24:00". A bare hour that is not after `after` means the afternoon. */
export function readTime(typed: string, after?: number): number | null {
  const text = typed.trim().toLowerCase();
  if (text === daysStrings.week.midnight) return MIDNIGHT;
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?\s*m?\.?)?$/.exec(text);
  if (!found) return null;
  const [hour, minute, half] = [Number(found[1]), Number(found[2] ?? 0), found[3]];
  if (minute > 59 || hour > 24 || (half && (hour < 1 || hour > 12))) return null;
  const plain = (half ? (hour % 12) + (half === "p" ? 12 : 0) : hour) * 60 + minute;
  if (plain > MIDNIGHT) return null;
  const later = half === undefined && after !== undefined && plain <= after && hour < 12 ? plain + NOON : plain;
  return later <= MIDNIGHT ? later : plain;
}

/** "8:00 AM"; the end of the day is midnight. */
export function showTime(minutes: number, locale = appLocale): string {
  if (minutes === MIDNIGHT) return daysStrings.week.midnight;
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(minutes * 60_000));
}

export const nextDay = (iso: string, by = 1): string => new Date(utcDay(iso).getTime() + by * 86_400_000).toISOString().slice(0, 10);

/** Days in a row that say the same, shown as one. */
export interface Run { from: string; to: string; name: string; works: boolean; days: number }

/** The runs of the special days, the earliest first. */
export function runsOf(special: readonly SpecialDay[]): Run[] {
  const runs: Run[] = [];
  for (const day of [...special].sort((one, other) => one.on.localeCompare(other.on))) {
    const last = runs.at(-1);
    if (last && last.name === day.name && last.works === day.works && nextDay(last.to) === day.on) {
      last.to = day.on;
      last.days += 1;
    } else runs.push({ from: day.on, to: day.on, name: day.name, works: day.works, days: 1 });
  }
  return runs;
}

/** What is typed to add days. */
export interface NewDays { first: string | null; last: string | null; name: string; works: boolean }
export type DaysProblem = { field: "first" | "last"; text: string };

/** The days to add, or what is wrong and beside which field. */
export function daysToAdd(typed: NewDays, special: readonly SpecialDay[], say: (iso: string) => string): SpecialDay[] | DaysProblem {
  const words = daysStrings.own;
  if (typed.first === null) return { field: "first", text: words.firstMissing };
  const last = typed.last ?? typed.first;
  if (last < typed.first) return { field: "last", text: words.backwards };
  const count = daysBetween(typed.first, last) + 1;
  if (count > MOST) return { field: "last", text: words.tooMany };
  const first = typed.first;
  const days = Array.from({ length: count }, (_, i) => ({ on: nextDay(first, i), name: typed.name.trim(), works: typed.works }));
  const there = days.find((day) => special.some((known) => known.on === day.on));
  return there ? { field: there.on === first ? "first" : "last", text: words.there(say(there.on)) } : days;
}

/** The weeks of a month, Sunday first; days of other months are null. */
export function weeksOf(month: string, days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const own = days.filter((day) => day.on.startsWith(month));
  const first = own[0];
  if (!first) return [];
  const cells: (CalendarDay | null)[] = [...Array<null>(utcDay(first.on).getUTCDay()).fill(null), ...own];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Why a day is not as its weekday: "Thanksgiving, closed"; null for any other. */
export function reasonOf(day: CalendarDay): string | null {
  const words = daysStrings.month;
  if (day.special !== null) {
    const name = day.special || words.ownClosed;
    return day.works ? words.openFor(name) : words.closedFor(name);
  }
  return day.holiday ? words.closedFor(holidayNames[day.holiday]) : null;
}

/** The month before or after: "2026-12" and 1 give "2027-01". */
export function monthBeside(month: string, by: 1 | -1): string {
  const [year, at] = [Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by];
  return new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 7);
}

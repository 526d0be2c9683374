/** Days of the calendar, as `yyyy-mm-dd`. Weeks begin on Monday, as the practice counts them. */
import { utcDay } from "$lib/design";

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export type CalendarMode = "month" | "week" | "day";

export function plus(day: string, days: number): string {
  return iso(utcDay(day).getTime() + days * DAY_MS);
}
export function monday(day: string): string {
  return plus(day, -((utcDay(day).getUTCDay() + 6) % 7));
}
/** The same day of another month, or its last day. */
export function plusMonths(day: string, months: number): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))];
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month + months, Math.min(date, last)));
}
/** The first and the last day that are shown around a day. A month is shown in whole weeks. */
export function shownRange(mode: CalendarMode, around: string): { from: string; to: string } {
  if (mode === "day") return { from: around, to: around };
  if (mode === "week") return { from: monday(around), to: plus(monday(around), 6) };
  const first = `${around.slice(0, 8)}01`;
  const last = plus(plusMonths(first, 1), -1);
  return { from: monday(first), to: plus(monday(last), 6) };
}
/** The day before or after that a step of the calendar leads to. */
export function stepped(mode: CalendarMode, day: string, by: 1 | -1): string {
  return mode === "month" ? plusMonths(day, by) : plus(day, mode === "week" ? 7 * by : by);
}
/** Weeks of seven. */
export function weeksOf<T>(days: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, at) => days.slice(at * 7, at * 7 + 7));
}

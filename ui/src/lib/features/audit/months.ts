/** Months that wait for a review, as words. */
import { appLocale } from "$lib/design";
import type { Due } from "$lib/ipc/bindings";

/** "October 2026", or "August 2026 and 2 more months". */
export function dueMonths(due: Due): string {
  const [year = 0, month = 1] = due.next.from.split("-").map(Number);
  const first = new Intl.DateTimeFormat(appLocale, { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, month - 1, 1));
  if (due.months < 2) return first;
  return `${first} and ${due.months - 1} more ${due.months === 2 ? "month" : "months"}`;
}

/** What the pages draw from the months of a partner. */
import { daysAgo } from "$lib/design";
import type { PartnerMonth } from "$lib/ipc/bindings";

/** The silence at the end of the chart: drawn when it is longer than usual and at least one whole month is empty. */
export function silence(months: readonly PartnerMonth[], lastOn: string | null, daysSilent: number | null, windowDays: number | null): { from: number; label: string } | undefined {
  if (lastOn === null || daysSilent === null || windowDays === null || daysSilent <= windowDays) return undefined;
  const from = months.findIndex((month) => month.month > lastOn.slice(0, 7));
  return from < 0 ? undefined : { from, label: daysAgo(lastOn) };
}

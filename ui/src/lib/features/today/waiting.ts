/** How much waits on the Today screen. */
import type { TodayOverview } from "$lib/ipc/bindings";

/** What a person can clear: the people to ask about, the visits to confirm, what is open long. News does not count. */
export function waiting(overview: TodayOverview): number {
  return overview.notAsked.total.count + overview.visitsToConfirm.total.count + overview.openLong.total.count;
}

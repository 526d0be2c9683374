/** How much waits on the Today screen. */
import type { TodayOverview } from "$lib/ipc/bindings";

/** What one key clears: the people to ask about and the visits to confirm. News and a long backlog do not count. */
export function waiting(overview: TodayOverview): number {
  return overview.notAsked.total.count + overview.visitsToConfirm.total.count;
}

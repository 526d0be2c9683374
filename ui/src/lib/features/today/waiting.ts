/** How much waits on the Today screen. */
import type { HandOffShown, TodayOverview } from "$lib/ipc/bindings";

/** What one key clears: what is offered to me, the people to ask about and the visits to confirm. News and a long backlog do not count. */
export function waiting(overview: TodayOverview, offers: readonly HandOffShown[] = []): number {
  return offers.filter((offer) => offer.forMe).length + overview.notAsked.total.count + overview.visitsToConfirm.total.count;
}

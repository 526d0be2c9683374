/** What the screens of this room read. */
import { ask } from "$lib/ipc/call";
import { commands, type DueQuery, type Party, type TouchPlace } from "$lib/ipc/bindings";

/** Touches of a partner or person, the newest first, page by page. */
export const touchesQuery = (of: Party, trashed: boolean) => ({
  queryKey: ["outreach", "touches", of, trashed],
  queryFn: ({ pageParam }: { pageParam: TouchPlace | null }) => ask(commands.touchesOf({ of, trashed, after: pageParam, limit: 50 })),
  initialPageParam: null as TouchPlace | null,
  getNextPageParam: (last: { next: TouchPlace | null }) => last.next,
});

export const dueQuery = (query: Omit<DueQuery, "offset">) => ({
  queryKey: ["outreach", "due", query],
  queryFn: ({ pageParam }: { pageParam: number }) => ask(commands.dueList({ ...query, offset: pageParam })),
  initialPageParam: 0,
  getNextPageParam: (last: { rows: readonly unknown[]; total: number }, _all: unknown, offset: number) =>
    last.rows.length > 0 && offset + last.rows.length < last.total ? offset + last.rows.length : null,
});

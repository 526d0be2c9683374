/** What the screens of this room read. Every key begins with the room whose changes make it read again. */
import { ask } from "$lib/ipc/call";
import { commands, type PartnerQuery } from "$lib/ipc/bindings";

/** Rows of one page of a list. */
export const PAGE = 200;

/** The partner list, page by page. */
export const partnersQuery = (query: PartnerQuery) => ({
  queryKey: ["network", "partners", query],
  queryFn: ({ pageParam }: { pageParam: string | null }) => ask(commands.partnersList({ ...query, cursor: pageParam, limit: PAGE })),
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next: string | null }) => last.next,
});

/** All people, page by page. */
export const peopleQuery = (text: string) => ({
  queryKey: ["network", "people", text],
  queryFn: ({ pageParam }: { pageParam: string | null }) => ask(commands.peopleList({ text, cursor: pageParam, limit: PAGE })),
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next: string | null }) => last.next,
});

/** Referrals with a partner or a person, newest first, page by page. */
export const referralsQuery = (of: { partner?: string; person?: string }) => ({
  queryKey: ["referrals", "with", of],
  queryFn: ({ pageParam }: { pageParam: string | null }) => ask(commands.referralsList({ ...of, cursor: pageParam, limit: 100 })),
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next: string | null }) => last.next,
});

export const partnerQuery = (id: string) => ({ queryKey: ["network", "partner", id], queryFn: () => ask(commands.partnerGet(id)) });
export const personQuery = (id: string) => ({ queryKey: ["network", "person", id], queryFn: () => ask(commands.personGet(id)) });
export const countsQuery = () => ({ queryKey: ["network", "counts"], queryFn: () => ask(commands.partnersCounts()) });
export const viewsQuery = () => ({ queryKey: ["network", "views"], queryFn: () => ask(commands.partnerViews()) });
export const tagsQuery = () => ({ queryKey: ["network", "tags"], queryFn: () => ask(commands.tagsList()) });
export const typesQuery = () => ({ queryKey: ["network", "types"], queryFn: () => commands.partnerTypes() });
/** Who is at the desk: shared with the frame, read once. */
export const doorQuery = () => ({ queryKey: ["door"], queryFn: () => ask(commands.door()) });

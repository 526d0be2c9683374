/** What the partner list remembers and how it is asked for: pure, so that it can be tested alone. */
import type { Column, Sort } from "$lib/design";
import type { PartnerFilter, PartnerQuery, PartnerSort, PartnerView, SavedPartnerView, Status } from "$lib/ipc/bindings";

/** The columns of the list in their order. */
export const columnIds = ["name", "type", "ring", "status", "touch", "last", "referrals", "city", "owner"] as const;
export type ColumnId = (typeof columnIds)[number];

/** Views that are always there, by the status they show. */
export const builtIn = ["all", "active", "cooling", "dormant", "prospect"] as const;
export type BuiltIn = (typeof builtIn)[number];

const sortOf: Record<string, PartnerSort> = { name: "name", type: "type", status: "status", last: "last_referral", referrals: "received_year", city: "city" };

/** What the list stands on: which rows, in which order, which columns. */
export interface Listing { view: string; filter: PartnerFilter; sort: Sort; hidden: readonly string[] }

/** The order people come for: who sends most stands on top. */
export const usualSort: Sort = { column: "referrals", descending: true };

export const startListing: Listing = { view: "all", filter: {}, sort: usualSort, hidden: [] };

/** Without empty lists and empty words, so that equal filters are equal. */
export function tidy(filter: PartnerFilter): PartnerFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : typeof value === "string" ? value.trim() !== "" : value === true)),
  );
}

export const isFiltered = (filter: PartnerFilter): boolean => Object.keys(tidy(filter)).length > 0;

/** What the core is asked. */
export function queryOf({ filter, sort }: Pick<Listing, "filter" | "sort">): PartnerQuery {
  return { filter: tidy(filter), sort: sortOf[sort.column] ?? "name", descending: sort.descending };
}

/** What a view keeps of the list. */
export function viewOf({ filter, sort, hidden }: Listing): PartnerView {
  const shown = columnIds.filter((id) => !hidden.includes(id));
  return { ...queryOf({ filter, sort }), columns: hidden.length === 0 ? [] : shown };
}

/** The list as a view shows it. */
export function listingOf(view: BuiltIn | SavedPartnerView, keep: Listing): Listing {
  if (typeof view === "string") {
    const filter: PartnerFilter = view === "all" ? {} : { status: [view as Status] };
    return { view, filter, sort: keep.sort, hidden: keep.hidden };
  }
  const { filter = {}, sort = "name", descending = false, columns = [] } = view.view;
  const column = Object.entries(sortOf).find(([, by]) => by === sort)?.[0] ?? "name";
  return {
    view: view.id,
    filter: tidy(filter),
    sort: { column, descending },
    hidden: columns.length === 0 ? [] : columnIds.filter((id) => id !== "name" && !columns.includes(id)),
  };
}

/** Key order in JSON does not count. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)).map(([key, inner]) => [key, ordered(inner)]));
}

/** Whether the list no longer shows what its view keeps. */
export function isChanged(listing: Listing, saved: SavedPartnerView | undefined): boolean {
  return saved !== undefined && !same(viewOf(listing), viewOf(listingOf(saved, listing)));
}

/** The pixels a column takes at least: the number in its track. */
const least = (width: string): number => Number(/\d+/.exec(width)?.[0] ?? 80);
/** Given up in this order when there is little room; never the name. */
const givenUp: readonly string[] = ["city", "type", "touch", "owner", "ring", "last"];

/** The columns to leave out: those hidden by hand, and as many as needed to fit. */
export function fitting<R>(columns: readonly Column<R>[], hidden: ReadonlySet<string>, width: number): ReadonlySet<string> {
  const out = new Set(hidden);
  const needs = () => columns.filter((column) => !out.has(column.id)).reduce((sum, column) => sum + least(column.width) + 12, 60);
  for (const id of givenUp) {
    if (width === 0 || needs() <= width) break;
    out.add(id);
  }
  return out;
}

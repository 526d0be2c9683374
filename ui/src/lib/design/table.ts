import type { Snippet } from "svelte";

/** One column of a DataTable. Give `text` for plain words, `cell` for anything drawn. */
export interface Column<R> {
  id: string;
  label: string;
  /** A grid track: `minmax(160px, 1fr)`, `72px`. */
  width: string;
  /** Figures and days stand at the end. */
  align?: "start" | "end";
  sortable?: boolean;
  /** The first press sorts from high to low (counts, dates). */
  highFirst?: boolean;
  text?: (row: R) => string;
  cell?: Snippet<[R]>;
  /** Can be hidden in the column menu. Names never can. */
  optional?: boolean;
  /** Weight 500: the name column. */
  strong?: boolean;
}

export interface Sort { column: string; descending: boolean }

/** The rows to draw: those in view and some on either side. */
export function rowWindow(scrollTop: number, viewHeight: number, rowHeight: number, total: number, spare = 8): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const last = Math.min(total, Math.ceil((scrollTop + viewHeight) / rowHeight) + spare);
  return { first: Math.min(first, last), last };
}

/** What a press on a column's head sorts by next. */
export function nextSort<R>(column: Column<R>, present: Sort | null): Sort {
  if (present?.column === column.id) return { column: column.id, descending: !present.descending };
  return { column: column.id, descending: column.highFirst ?? false };
}

/** Where a key leads from row `at`, or null when the key is not a move. */
export function moveTo(key: string, at: number, total: number, page: number): number | null {
  const clamp = (index: number) => Math.max(0, Math.min(total - 1, index));
  switch (key) {
    case "ArrowDown":
    case "j":
      return clamp(at + 1);
    case "ArrowUp":
    case "k":
      return clamp(at < 0 ? 0 : at - 1);
    case "PageDown":
      return clamp(Math.max(0, at) + page);
    case "PageUp":
      return clamp(at - page);
    case "Home":
      return clamp(0);
    case "End":
      return clamp(total - 1);
    default:
      return null;
  }
}

/** Decisions about how a file is read, laid over what is known of it. Nothing here changes what it is given. */
import type { DateOrder, Field, FileColumn, Meaning, Overrides, Word } from "./types";

/** Fields of which a table has at most one column; the others may be spread over several. */
const SEVERAL: ReadonlySet<Field> = new Set<Field>(["ignore", "referrer_phone", "referrer_street", "source_class", "notes"]);

/** Columns that hold days. */
const DAYS: ReadonlySet<Field> = new Set<Field>(["received_on", "scheduled_on", "seen_on", "closed_on", "acknowledged_on", "reported_on", "returned_on", "thanked_on", "patient_born"]);

export const isDay = (field: Field): boolean => DAYS.has(field);

/** How a decision names a column: its number, which is never shared, as in `#3`. */
export const columnKey = (column: Pick<FileColumn, "index">): string => `#${column.index + 1}`;

const same = (a: string, b: string) => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

type Named<T> = Record<string, T>;

/** The entries of a decision by column, without those about `column`, whether they call it by name or number. */
function without<T>(entries: Partial<Named<T>> | undefined, column: FileColumn): Named<T> {
  const kept: Named<T> = {};
  for (const [key, value] of Object.entries(entries ?? {})) {
    if (value !== undefined && key !== columnKey(column) && !same(key, column.name)) kept[key] = value;
  }
  return kept;
}

/** `column` holds `field`; a field that only one column can hold is taken from the others. */
export function mapColumn(overrides: Overrides, columns: readonly FileColumn[], column: FileColumn, field: Field): Overrides {
  let map = without<Field>(overrides.map, column);
  if (!SEVERAL.has(field)) {
    for (const other of columns) {
      if (other.index === column.index || other.guess !== field) continue;
      map = { ...without(map, other), [columnKey(other)]: "ignore" };
    }
  }
  map[columnKey(column)] = field;
  return { ...overrides, map };
}

/** The days of `column` are written in this order. */
export function orderColumn(overrides: Overrides, column: FileColumn, order: DateOrder): Overrides {
  return { ...overrides, dateOrders: { ...without<DateOrder>(overrides.dateOrders, column), [columnKey(column)]: order } };
}

/** A word as the core compares it: letters and digits only. */
export function plainWord(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replaceAll("'", "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** `word` means this, however else it was spelled in an earlier decision. */
export function meanWord(overrides: Overrides, word: Pick<Word, "text">, meaning: Meaning): Overrides {
  const values: Named<Meaning> = {};
  for (const [key, value] of Object.entries(overrides.values ?? {})) {
    if (value !== undefined && plainWord(key) !== plainWord(word.text)) values[key] = value;
  }
  values[word.text] = meaning;
  return { ...overrides, values };
}

/** A meaning as the value of a choice, and back. */
export function meaningCode(meaning: Meaning | null): string {
  if (meaning === null) return "";
  return "value" in meaning ? `${meaning.is}:${meaning.value}` : meaning.is;
}

export function meaningOf(code: string, choices: readonly Meaning[]): Meaning | null {
  return choices.find((meaning) => meaningCode(meaning) === code) ?? null;
}

/** How measures are written and ordered; the numbers themselves come counted from the core. */
import { appLocale, count, type MonthBar, type Sort } from "$lib/design";
import type { MonthCount, Ratio, Scorecard, Status } from "$lib/ipc/bindings";
import { insightsStrings } from "./strings";

/** A share as it may be shown: always a of b; below 5 no percentage, 5 to 19 with the word "few". */
export interface RatioWords { text: string; percent: string | null; note: string | null; range: string | null }

const oneDecimal = (n: number, locale: string) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n);

export function ratioWords(ratio: Ratio, locale: string = appLocale): RatioWords {
  if (ratio.size === "none") return { text: "—", percent: null, note: null, range: null };
  const text = `${count(ratio.a, { locale })} of ${count(ratio.b, { locale })}`;
  if (ratio.size === "too_few" || ratio.percent === null) return { text, percent: null, note: insightsStrings.tooFew, range: null };
  const range = ratio.low === null || ratio.high === null ? null : `${oneDecimal(ratio.low, locale)} to ${oneDecimal(ratio.high, locale)} %`;
  return { text, percent: `${oneDecimal(ratio.percent, locale)} %`, note: ratio.size === "few" ? insightsStrings.few : null, range };
}

/** A number of days or a mean with one decimal; unknown is "—". */
export const decimal = (n: number | null, digits = 1, locale: string = appLocale): string =>
  n === null ? "—" : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(n);

/** The months of two periods as one row of bars; a month both touch is counted together. */
export function joinMonths(before: readonly MonthCount[], now: readonly MonthCount[]): MonthBar[] {
  const months = new Map<string, number>();
  for (const { month, received } of [...before, ...now]) months.set(month, (months.get(month) ?? 0) + received);
  return [...months].sort(([a], [b]) => a.localeCompare(b)).map(([month, up]) => ({ month, up }));
}

export type CardColumn = "partner" | "class" | "owner" | "status" | "received" | "seen" | "conversion" | "change" | "last";

const statusRank: Record<Status, number> = { active: 0, cooling: 1, dormant: 2, prospect: 3, ended: 4 };

/** What a column is ordered by; null has no rank and stands last either way (a share of fewer than 5 is not ranked). */
function rankOf(card: Scorecard, column: string): number | string | null {
  switch (column as CardColumn) {
    case "partner": return card.name;
    case "class": return card.class;
    case "owner": return card.owner;
    case "status": return statusRank[card.status];
    case "received": return card.received;
    case "seen": return card.seen;
    case "conversion": return card.conversion.ratio.percent;
    case "change": return card.change.difference;
    case "last": return card.lastOn;
  }
}

/** The cards in the order asked for; equals by name. */
export function sortCards(cards: readonly Scorecard[], sort: Sort): Scorecard[] {
  const way = sort.descending ? -1 : 1;
  return [...cards].sort((one, other) => {
    const [a, b] = [rankOf(one, sort.column), rankOf(other, sort.column)];
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1;
    } else {
      const apart = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), appLocale);
      if (apart !== 0) return apart * way;
    }
    return one.name.localeCompare(other.name, appLocale);
  });
}

/** Cards whose name holds every word typed. */
export function findCards(cards: readonly Scorecard[], typed: string): readonly Scorecard[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return cards;
  return cards.filter((card) => words.every((word) => card.name.toLocaleLowerCase().includes(word)));
}

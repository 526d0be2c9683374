/** The scorecards on paper: each partner in one row of plain text. */
import { count, fieldDate } from "$lib/design";
import type { Scorecard, Scorecards } from "$lib/ipc/bindings";
import { ratioWords } from "./measures";
import { classNames, insightsStrings, spanText } from "./strings";

const words = insightsStrings.table;

export const paperColumns = [
  { label: words.partner, width: "24%" },
  { label: words.class, width: "11%" },
  { label: words.owner, width: "13%" },
  { label: words.received, width: "10%", end: true },
  { label: words.seen, width: "7%", end: true },
  { label: words.conversion, width: "15%", end: true },
  { label: words.change, width: "8%", end: true },
  { label: words.last, width: "12%", end: true },
] as const;

export function paperRow(card: Scorecard): string[] {
  const ratio = ratioWords(card.conversion.ratio);
  const conversion = [ratio.text, ratio.percent, ratio.note].filter((part) => part !== null).join(", ");
  return [card.name, classNames[card.class], card.owner ?? "", count(card.received), count(card.seen), conversion, insightsStrings.changeText(card.change.difference), card.lastOn ? fieldDate(card.lastOn) : "—"];
}

/** The period, the one it is compared with, what was searched, and how many. */
export function paperLines(cards: Scorecards, typed: string, rows: number): string[] {
  const { period } = cards;
  return [
    `${spanText(period.from, period.to)} · ${insightsStrings.before(period.before.from, period.before.to)}`,
    ...(typed.trim() === "" ? [] : [insightsStrings.paper.filter(typed.trim())]),
    insightsStrings.paper.rows(rows, cards.totals.received),
  ];
}

/** How the reports write their figures; the numbers come counted from the core. */
import type { MeanPercent, Ratio, Spread } from "$lib/ipc/bindings";
import { decimal, ratioWords } from "../measures";
import { insightsStrings } from "../strings";
import { wayStrings } from "./strings";

/** A whole percentage as people say it. */
export const percentText = (percent: number): string => `${decimal(percent)} %`;

/** "3 of 12" with "25.0 %, few" beside it, for paper and for speaking. */
export function shareText(ratio: Ratio): [string, string] {
  const told = ratioWords(ratio);
  return [told.text, [told.percent, told.note].filter((part) => part).join(", ")];
}

/** A headline: the percentage where there is one, else a of b; and the rest below it. */
export function headline(ratio: Ratio): { value: string; note: string } {
  const told = ratioWords(ratio);
  return { value: told.percent ?? told.text, note: [told.percent ? told.text : null, told.note].filter((part) => part).join(", ") };
}

/** A mean is as uncertain as a share: nothing below five cases, "few" below twenty. */
export function meanText(mean: MeanPercent): { value: string; note: string } {
  if (mean.n === 0 || mean.percent === null) return { value: "—", note: "" };
  const n = wayStrings.nOf(mean.n);
  if (mean.n < 5) return { value: "—", note: `${n}, ${insightsStrings.tooFew}` };
  return { value: percentText(mean.percent), note: mean.n < 20 ? `${n}, ${insightsStrings.few}` : n };
}

/** Below five cases no quarter can be told from the rest: the cases alone are said. */
export function spreadText(spread: Spread, say: (n: string) => string): { median: string; nine: string; note: string } {
  const n = wayStrings.nOf(spread.n);
  if (spread.n === 0 || spread.median === null) return { median: "—", nine: "—", note: "" };
  if (spread.n < 5) return { median: say(decimal(spread.median)), nine: "—", note: `${n}, ${insightsStrings.tooFew}` };
  return { median: say(decimal(spread.median)), nine: say(decimal(spread.p90)), note: spread.n < 20 ? `${n}, ${insightsStrings.few}` : n };
}

/** A target as it is typed: a whole percentage, nothing for none, undefined where it is neither. */
export function readTarget(typed: string): number | null | undefined {
  const text = typed.replace("%", "").trim();
  if (text === "") return null;
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const percent = Number(text);
  return percent <= 100 ? percent : undefined;
}

/** A time of day as minutes since midnight. */
import { appLocale } from "$lib/design";

/** "9:30 am" for 570. */
export function timeText(minute: number | null, locale = appLocale): string {
  if (minute === null) return "";
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 1, 0, minute)));
}

/** Reads "9", "930", "9:30", "9.30 pm", "21:30"; empty is none; undefined can't be read. An hour from 1 to 6 alone is after noon. */
export function readTime(text: string): number | null | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === "") return null;
  const found = /^(\d{1,2})(?:[:.\s]?(\d{2}))?\s*([ap])?\.?\s*m?\.?$/u.exec(plain);
  if (!found) return undefined;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (minute > 59 || hour > 23) return undefined;
  if (found[3]) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (found[3] === "p" ? 12 : 0);
  } else if (hour >= 1 && hour <= 6) hour += 12;
  return hour * 60 + minute;
}

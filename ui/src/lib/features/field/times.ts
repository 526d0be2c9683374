/** Times of day, spans and ways, as people read and type them. */
import { appLocale } from "$lib/design";

/** Minutes since midnight as a field of the kind `time` holds them: "09:55"; empty for none. */
export function timeText(minute: number | null | undefined): string {
  if (minute === null || minute === undefined) return "";
  return `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** What such a field holds in minutes since midnight; null for nothing or no time. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text.trim());
  if (!found) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

/** "9:55", as a column of times shows it: the half of the day is plain from its neighbours. */
export function clock(minute: number, locale: string = appLocale): string {
  const text = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(minute * 60_000));
  return text.replace(/\s*[ap]\.?m\.?$/i, "");
}

/** "9:55 AM", where a time stands alone. */
export function clockWhole(minute: number, locale: string = appLocale): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(minute * 60_000));
}

/** "24 min", "1 h 40". */
export function span(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

/** Tenths of a mile as miles: "8.1 mi". */
export function miles(tenths: number): string {
  return `${(tenths / 10).toFixed(1)} mi`;
}

/** Typed miles in tenths: "8.1" is 81; null for anything else. */
export function tenthsOf(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,4}(\.\d?)?$/.test(plain) ? Math.round(Number(plain) * 10) : null;
}

/** "132.48", "$15" in cents; null for anything else. */
export function centsOf(text: string): number | null {
  const plain = text.trim().replace(/^\$\s*/, "").replaceAll(",", "");
  return /^\d{1,7}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

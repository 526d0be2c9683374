/**
 * Dates, numbers and money as people read them, by locale. Days are `yyyy-mm-dd` strings and have
 * no time zone; instants are UTC milliseconds.
 */
/** The window's language where the formatters know it, else US English (a bare `C` is no language). */
export function knownLocale(language: string | undefined): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language ?? "")[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}

export const appLocale: string = knownLocale(typeof navigator === "undefined" ? undefined : navigator.language);

export interface FormatOptions {
  locale?: string;
  /** Today as `yyyy-mm-dd`; given by tests and by "as of" views. */
  today?: string;
}

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) cache.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

const numbers = new Map<string, Intl.NumberFormat>();
function numberFormatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let found = numbers.get(key);
  if (!found) numbers.set(key, (found = new Intl.NumberFormat(locale, options)));
  return found;
}

/** The day it is here and now. */
export function todayIso(now: Date = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A day at midnight UTC, so that arithmetic never meets a clock change. */
export function utcDay(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`);
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcDay(to).getTime() - utcDay(from).getTime()) / 86_400_000);
}

/** For columns: "Sep 15", with the year when it is not this year. A missing day is "—". */
export function shortDate(iso: string | null | undefined, { locale = appLocale, today = todayIso() }: FormatOptions = {}): string {
  if (!iso) return "—";
  const sameYear = iso.slice(0, 4) === today.slice(0, 4);
  return formatter(locale, { month: "short", day: "numeric", ...(sameYear ? {} : { year: "numeric" }), timeZone: "UTC" }).format(utcDay(iso));
}

/** For sentences: "Thursday, September 17", with the year when it is not this year. */
export function longDate(iso: string, { locale = appLocale, today = todayIso() }: FormatOptions = {}): string {
  const sameYear = iso.slice(0, 4) === today.slice(0, 4);
  return formatter(locale, {
    weekday: "long", month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }), timeZone: "UTC",
  }).format(utcDay(iso));
}

/** As typed into a field: "09/03/2026". */
export function fieldDate(iso: string | null | undefined, { locale = appLocale }: FormatOptions = {}): string {
  if (!iso) return "";
  return formatter(locale, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC" }).format(utcDay(iso));
}

/** "September 2026" from "2026-09". */
export function monthName(month: string, { locale = appLocale }: FormatOptions = {}): string {
  return formatter(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(utcDay(`${month.slice(0, 7)}-01`));
}

/** The letter under a month's bar. */
export function monthLetter(month: string, { locale = appLocale }: FormatOptions = {}): string {
  return formatter(locale, { month: "narrow", timeZone: "UTC" }).format(utcDay(`${month.slice(0, 7)}-01`));
}

/** An instant: "today 9:41 AM", "yesterday 4:05 PM", else "Sep 15, 9:41 AM". */
export function instant(ms: number, { locale = appLocale, today = todayIso() }: FormatOptions = {}): string {
  const when = new Date(ms);
  const day = todayIso(when);
  const time = formatter(locale, { hour: "numeric", minute: "2-digit" }).format(when);
  const apart = daysBetween(day, today);
  if (apart === 0 || apart === 1) return `${relativeDay(day, { locale, today })} ${time}`;
  return `${shortDate(day, { locale, today })}, ${time}`;
}

/** "today", "tomorrow", "Thursday" within the week, else the short date. */
export function relativeDay(iso: string, { locale = appLocale, today = todayIso() }: FormatOptions = {}): string {
  const ahead = daysBetween(today, iso);
  if (Math.abs(ahead) <= 1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(ahead, "day");
  if (ahead > 1 && ahead < 7) return formatter(locale, { weekday: "long", timeZone: "UTC" }).format(utcDay(iso));
  return shortDate(iso, { locale, today });
}

/** Days since, for columns: "26 d"; unknown is "—". */
export function daysAgo(iso: string | null | undefined, { today = todayIso(), locale = appLocale }: FormatOptions = {}): string {
  return iso ? `${count(Math.max(0, daysBetween(iso, today)), { locale })} d` : "—";
}

/** A whole number with separators; unknown is "—", never 0. */
export function count(n: number | null | undefined, { locale = appLocale }: FormatOptions = {}): string {
  return n === null || n === undefined ? "—" : numberFormatter(locale, { maximumFractionDigits: 0 }).format(n);
}

/** "1 partner", "247 partners". */
export function counted(n: number, one: string, many: string, options: FormatOptions = {}): string {
  return `${count(n, options)} ${n === 1 ? one : many}`;
}

/** Integer cents as money: 14490 is "$144.90". */
export function money(cents: number | null | undefined, { locale = appLocale }: FormatOptions = {}): string {
  return cents === null || cents === undefined ? "—" : numberFormatter(locale, { style: "currency", currency: "USD" }).format(cents / 100);
}

/** How sure a share is: `a of b`, a percent only from five cases, "few" below twenty. */
export interface Share { text: string; percent: string | null; few: boolean }

/** `14 of 16` and, with enough cases, `87.5 %`. Under 5 no percent; 5 to 19 is "few"; none is "—". */
export function share(a: number, b: number, { locale = appLocale }: FormatOptions = {}): Share {
  if (b === 0) return { text: "—", percent: null, few: false };
  const text = `${count(a, { locale })} of ${count(b, { locale })}`;
  if (b < 5) return { text, percent: null, few: true };
  const percent = `${numberFormatter(locale, { maximumFractionDigits: b < 20 ? 0 : 1 }).format((100 * a) / b)} %`;
  return { text, percent, few: b < 20 };
}

/** A file's size: "1.4 MB". */
export function fileSize(bytes: number, { locale = appLocale }: FormatOptions = {}): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return numberFormatter(locale, { style: "unit", unit: units[unit] ?? "byte", unitDisplay: unit === 0 ? "long" : "short", maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value);
}

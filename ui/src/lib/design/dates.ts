/** Reading a day as people type it. */
import { appLocale, longDate, todayIso, utcDay } from "./format";
import { designStrings } from "./strings";

export interface ReadOptions {
  locale?: string;
  today?: string;
  /** Which year a day without one means: received dates lie in the past, due dates ahead. */
  lean?: "past" | "future";
  min?: string;
  max?: string;
}

export type DateReading = { iso: string | null } | { error: string };

const DAY_MS = 86_400_000;
const two = (n: number) => String(n).padStart(2, "0");

function shift(iso: string, days: number): string {
  return new Date(utcDay(iso).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

function compose(year: number, month: number, day: number): string | null {
  const iso = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const made = utcDay(iso);
  return Number.isNaN(made.getTime()) || made.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** Whether the locale writes the day before the month. */
export function dayFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale).formatToParts(utcDay("2026-11-21")).map((part) => part.type);
  return order.indexOf("day") < order.indexOf("month");
}

/** How a day is written here, for an empty field: "mm/dd/yyyy". */
export function datePattern(locale: string): string {
  const { day, month, year } = designStrings.date;
  return new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", year: "numeric" })
    .formatToParts(utcDay("2026-11-21"))
    .map((part) => ({ day, month, year }[part.type as "day" | "month" | "year"] ?? part.value))
    .join("");
}

function names(locale: string, kind: "month" | "weekday"): string[] {
  const format = new Intl.DateTimeFormat(locale, { [kind]: "long", timeZone: "UTC" });
  const first = kind === "month" ? (i: number) => `2026-${two(i + 1)}-01` : (i: number) => `2026-11-${two(22 + i)}`;
  return Array.from({ length: kind === "month" ? 12 : 7 }, (_, i) => format.format(utcDay(first(i))).toLocaleLowerCase());
}

function named(list: string[], word: string): number {
  const wanted = word.toLocaleLowerCase().replace(/\.$/, "");
  return wanted.length < 3 ? -1 : list.findIndex((name) => name.startsWith(wanted));
}

function fullYear(text: string, today: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  // Two digits mean the year nearest to now: "30" in 2026 is 2030, "85" is 1985.
  return year + century - Number(today.slice(0, 4)) > 20 ? year + century - 100 : year + century;
}

function withoutYear(month: number, day: number, today: string, lean: "past" | "future"): string | null {
  const year = Number(today.slice(0, 4));
  const step = lean === "past" ? -1 : 1;
  // Eight steps reach a leap year from anywhere.
  for (let i = 0; i <= 8; i++) {
    const iso = compose(year + step * i, month, day);
    if (iso && (lean === "past" ? iso <= today : iso >= today)) return iso;
  }
  return null;
}

function words(text: string, today: string, lean: "past" | "future", locale: string): string | null {
  const { relative } = designStrings;
  const said = text.toLocaleLowerCase();
  const plain = lean === "future" && said.startsWith(`${relative.next} `) ? said.slice(relative.next.length).trim() : said;
  if (plain === relative.today || plain === "t") return today;
  if (plain === relative.yesterday || plain === "y") return shift(today, -1);
  if (plain === relative.tomorrow) return shift(today, 1);
  const offset = /^([+-])\s*(\d{1,3})\s*d?$/.exec(plain) ?? /^()(\d{1,3})\s*d(?:ays?)? ago$/.exec(plain);
  if (offset) return shift(today, Number(offset[2]) * (offset[1] === "+" ? 1 : -1));
  const weekday = /^\p{L}+\.?$/u.test(plain) ? named(names(locale, "weekday"), plain) : -1;
  if (weekday >= 0) {
    const now = utcDay(today).getUTCDay();
    return lean === "past" ? shift(today, -((now - weekday + 7) % 7 || 7)) : shift(today, (weekday - now + 7) % 7 || 7);
  }
  return null;
}

type Parts = { year: string | undefined; month: number; day: number };

function parts(text: string, locale: string): Parts | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return { year: iso[1], month: Number(iso[2]), day: Number(iso[3]) };
  const digits = /^(\d{1,2})[\s/.-]+(\d{1,2})(?:[\s/.,-]+(\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  if (digits) {
    const [a, b] = [Number(digits[1]), Number(digits[2])];
    const [month, day] = dayFirst(locale) ? [b, a] : [a, b];
    return { year: digits[3], month, day };
  }
  const monthFirst = /^(\p{L}+\.?)\s*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}|\d{2}))?$/u.exec(text);
  const monthSecond = /^(\d{1,2})(?:st|nd|rd|th)?\.?\s*(\p{L}+\.?)(?:[\s,]+(\d{4}|\d{2}))?$/u.exec(text);
  const spoken = monthFirst ? [monthFirst[1], monthFirst[2], monthFirst[3]] : monthSecond ? [monthSecond[2], monthSecond[1], monthSecond[3]] : null;
  if (!spoken) return null;
  const month = named(names(locale, "month"), spoken[0] ?? "");
  return month < 0 ? null : { year: spoken[2], month: month + 1, day: Number(spoken[1]) };
}

/** Reads a typed day; an empty text is no day. The error says what to do. */
export function readDate(typed: string, options: ReadOptions = {}): DateReading {
  const { locale = appLocale, today = todayIso(), lean = "past", min, max } = options;
  const text = typed.trim().replace(/^\p{L}+day,?\s+/iu, "");
  if (text === "") return { iso: null };
  let iso = words(text, today, lean, locale);
  if (!iso) {
    const found = parts(text, locale);
    if (!found) return { error: designStrings.date.unreadable };
    iso = found.year === undefined
      ? withoutYear(found.month, found.day, today, lean)
      : compose(fullYear(found.year, today), found.month, found.day);
    if (!iso) return { error: designStrings.date.impossible };
  }
  if (max && iso > max) return { error: max === today ? designStrings.date.future(longDate(iso, { locale, today })) : designStrings.date.tooLate(longDate(max, { locale, today })) };
  if (min && iso < min) return { error: designStrings.date.tooEarly(longDate(min, { locale, today })) };
  return { iso };
}

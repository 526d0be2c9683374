/** The form of a touch: what it begins with, what it lacks, and what is sent. Pure, so that it can be tested alone. */
import type { CostKind, IssueCategory, NewTouch, StartedBy, TouchCategory, TouchConcern, TouchForm, TouchRow } from "$lib/ipc/bindings";

export interface Named { id: string; name: string }

export interface TouchFields {
  partner: Named | null;
  form: TouchForm;
  on: string | null;
  /** As typed: "9:30". */
  at: string;
  /** As typed; what the form takes until somebody says otherwise. */
  minutes: string;
  minutesTyped: boolean;
  people: string[];
  purpose: string;
  category: TouchCategory | "";
  learned: string;
  concern: boolean;
  concernAbout: IssueCategory;
  severity: "1" | "2" | "3";
  next: string;
  nextOn: string | null;
  promised: boolean;
  twoWay: boolean;
  twoWaySaid: boolean;
  bulk: boolean;
  kept: boolean;
  started: StartedBy;
  cost: string;
  costKind: CostKind | "";
}

/** How long a form of contact takes, in minutes (measure `core_capacity`; video, events and what is left at a desk by custom). */
export const usualMinutes: Record<TouchForm, number> = { visit: 45, lunch: 90, call: 10, email: 5, letter: 10, video: 30, event: 60, drop_off: 10, social: 5 };
/** Forms in which somebody usually answers. */
const answered: ReadonlySet<TouchForm> = new Set(["visit", "video", "call", "lunch", "event"]);
/** Forms in which people sit together, so that somebody has answered. */
export const together: ReadonlySet<TouchForm> = new Set(["video", "lunch"]);

export function blankTouch(today: string, partner: Named | null = null): TouchFields {
  return {
    partner, form: "visit", on: today, at: "", minutes: String(usualMinutes.visit), minutesTyped: false, people: [], purpose: "", category: "", learned: "",
    concern: false, concernAbout: "communication", severity: "2", next: "", nextOn: null, promised: false,
    twoWay: true, twoWaySaid: false, bulk: false, kept: false, started: "us", cost: "", costKind: "",
  };
}

/** Whether anything was typed that would be a pity to lose. */
export function isBlankTouch(fields: TouchFields): boolean {
  return [fields.purpose, fields.learned, fields.next, fields.cost, fields.at].every((text) => text.trim() === "") && fields.people.length === 0;
}

/** Another form brings its usual minutes and whether somebody usually answers, unless they were said. */
export function withForm(fields: TouchFields, form: TouchForm): TouchFields {
  return {
    ...fields,
    form,
    minutes: fields.minutesTyped ? fields.minutes : String(usualMinutes[form]),
    twoWay: together.has(form) ? true : fields.twoWaySaid ? fields.twoWay : answered.has(form),
    bulk: together.has(form) ? false : fields.bulk,
    costKind: fields.costKind === "" && form === "lunch" ? "meal" : fields.costKind,
  };
}

/** "9:30", "9.30", "930", "2 pm" in minutes since midnight; null for nothing, undefined for what can't be read. */
export function readTime(text: string): number | null | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === "") return null;
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a|p)?$/.exec(plain);
  if (!found) return undefined;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const half = found[3]?.[0];
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half === "p" && hour < 12) hour += 12;
  if (half === "a" && hour === 12) hour = 0;
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** Minutes since midnight as they are typed: "9:30". */
export const writeTime = (minute: number | null): string => (minute === null ? "" : `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`);

/** "24.50", "$1,200" or "15" in cents; null for nothing, undefined for what can't be read. */
export function readCost(text: string): number | null | undefined {
  const plain = text.trim().replace(/^\$\s*/, "").replaceAll(",", "");
  if (plain === "") return null;
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(plain)) return undefined;
  const [whole = "0", part = ""] = plain.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

export type Lack = "partner" | "at" | "minutes" | "cost" | "costKind" | "next" | "nextOn" | "concern";

/** What has to be said before it can be logged. */
export function lacks(fields: TouchFields): Lack | null {
  if (!fields.partner) return "partner";
  if (readTime(fields.at) === undefined) return "at";
  if (!/^\d{1,4}$/.test(fields.minutes.trim()) || Number(fields.minutes) > 1440) return "minutes";
  const cost = readCost(fields.cost);
  if (cost === undefined) return "cost";
  if (cost && fields.costKind === "") return "costKind";
  if (fields.next.trim() === "" && fields.nextOn !== null) return "next";
  if (fields.next.trim() !== "" && fields.nextOn === null) return "nextOn";
  if (fields.concern && fields.learned.trim() === "") return "concern";
  return null;
}

/** What is sent; call when nothing lacks. */
export function toTouch(fields: TouchFields, today: string): NewTouch {
  const cost = readCost(fields.cost) ?? 0;
  const next = fields.next.trim();
  return {
    partner: fields.partner?.id ?? "",
    people: fields.people,
    referral: null,
    on: fields.on ?? today,
    at: readTime(fields.at) ?? null,
    form: fields.form,
    startedBy: fields.started,
    twoWay: fields.twoWay,
    bulk: fields.bulk,
    category: fields.category || null,
    purpose: fields.purpose,
    learned: fields.learned,
    minutes: Number(fields.minutes),
    costCents: cost,
    costKind: cost > 0 ? fields.costKind || null : null,
    keptPrivate: fields.kept,
    next: next !== "" && fields.nextOn !== null ? { title: next, dueOn: fields.nextOn, promised: fields.promised } : null,
  };
}

export const toConcern = (fields: TouchFields): TouchConcern | null => (fields.concern ? { category: fields.concernAbout, severity: Number(fields.severity) } : null);

/** A touch that is there as it is edited. */
export function ofRow(row: TouchRow): TouchFields {
  return {
    ...blankTouch(row.on, row.partner),
    form: row.form,
    at: writeTime(row.at),
    minutes: String(row.minutes),
    minutesTyped: true,
    people: row.people.map((person) => person.id),
    purpose: row.purpose,
    category: row.category ?? "",
    learned: row.learned,
    twoWay: row.twoWay,
    twoWaySaid: true,
    bulk: row.bulk,
    kept: row.keptPrivate,
    started: row.startedBy,
    cost: row.costCents ? (row.costCents / 100).toFixed(2) : "",
    costKind: row.costKind ?? "",
  };
}

/** What a draft keeps, read with care: it may be of an older Baton. */
export function readTouchDraft(body: string, today: string): TouchFields | null {
  try {
    const kept: unknown = JSON.parse(body);
    if (typeof kept !== "object" || kept === null) return null;
    const blank = blankTouch(today);
    const known = Object.entries(blank).flatMap(([key, value]) => {
      const found = (kept as Record<string, unknown>)[key];
      const fits = key === "partner" || key === "nextOn" || key === "on" ? true : Array.isArray(value) ? Array.isArray(found) : typeof found === typeof value;
      return found !== undefined && fits ? [[key, found] as const] : [];
    });
    const fields = { ...blank, ...Object.fromEntries(known) } as TouchFields;
    return fields.form in usualMinutes ? fields : null;
  } catch {
    return null;
  }
}

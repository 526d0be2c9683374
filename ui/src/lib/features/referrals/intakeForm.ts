/** What the intake asks, how it is kept as a draft and what is sent. No screen in here. */
import type { Direction, Intake, PartnerClass, Urgency } from "$lib/ipc/bindings";
import { blankFacts, noFacts, type TypedFacts } from "./shared/facts";

type Source = Intake["source"];

/** The answer to "Who can we thank for sending you?". */
export type Who =
  | { kind: "known"; source: Source; title: string; detail: string }
  | { kind: "new"; text: string; class: PartnerClass }
  | { kind: "none"; answer: "does_not_know" | "declined" | "not_asked" };

export interface IntakeForm {
  direction: Exclude<Direction, "internal">;
  patient: string;
  chartNumber: string;
  /** A patient on record who was chosen. */
  patientId: string | null;
  who: Who | null;
  whoText: string;
  reason: string;
  serviceLine: string;
  receivedOn: string | null;
  urgency: Urgency;
  /** How they came to us, where somebody asked more. */
  facts: TypedFacts;
}

export function blankForm(today: string): IntakeForm {
  return {
    direction: "inbound", patient: "", chartNumber: "", patientId: null, who: null, whoText: "",
    reason: "", serviceLine: "", receivedOn: today, urgency: "routine", facts: { ...blankFacts },
  };
}

/** Nothing worth keeping was typed. */
export function isBlank(form: IntakeForm): boolean {
  return [form.patient, form.chartNumber, form.whoText, form.reason, form.serviceLine].every((text) => text.trim() === "") && form.who === null && noFacts(form.facts);
}

const DIRECTIONS = ["inbound", "outbound"];
const URGENCIES = ["routine", "urgent", "emergency"];

/** The form a draft holds; null where it can't be read (another version wrote it). */
export function readDraft(body: string, today: string): IntakeForm | null {
  let kept: unknown;
  try {
    kept = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof kept !== "object" || kept === null) return null;
  const form = { ...blankForm(today), ...(kept as Partial<IntakeForm>) };
  const facts = { ...blankFacts, ...(form.facts as Partial<IntakeForm["facts"]> | undefined) };
  if (!Object.values(facts).every((value) => typeof value === "string")) return null;
  form.facts = facts;
  const texts = [form.patient, form.chartNumber, form.whoText, form.reason, form.serviceLine];
  if (!texts.every((text) => typeof text === "string")) return null;
  if (!DIRECTIONS.includes(form.direction) || !URGENCIES.includes(form.urgency)) return null;
  if (form.who !== null && !["known", "new", "none"].includes(form.who?.kind)) return null;
  return isBlank(form) ? null : form;
}

const WORDS: readonly [PartnerClass, RegExp][] = [
  ["source", /\b(google|facebook|instagram|yelp|tiktok|bing|website|web site|internet|online|advert|ad|billboard|radio|insurance|directory|walk-?in)\b/],
  ["business", /\b(gym|fitness|crossfit|yoga|pilates|strength|school|academy|salon|spa|shop|store|realty|realtor|church|club|chamber|inc|llc|coach|trainer)\b/],
  ["patient", /\b(friend|neighbou?r|mother|father|sister|brother|wife|husband|daughter|son|aunt|uncle|cousin|patient)\b/],
];

/** What a new name most likely is; shown, so that it can be corrected before saving. */
export function guessClass(name: string): PartnerClass {
  const plain = name.toLowerCase();
  return WORDS.find(([, words]) => words.test(plain))?.[0] ?? "medical";
}

export type Missing = "patient" | "who" | "whoOpen";

/** What has to be answered before it can be saved. */
export function missing(form: IntakeForm): Missing | null {
  if (form.patient.trim() === "" && form.chartNumber.trim() === "" && form.patientId === null) return "patient";
  if (form.who === null) return form.whoText.trim() === "" ? "who" : "whoOpen";
  return null;
}

function sourceOf(who: Who | null): Source {
  if (who === null) return { kind: "not_asked" };
  if (who.kind === "known") return who.source;
  if (who.kind === "new") return { kind: "new_name", text: who.text, class: who.class };
  return { kind: who.answer };
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What is sent. Today is left to the practice, whose day it is. */
export function toIntake(form: IntakeForm, today: string, confirmDuplicate: boolean): Intake {
  const outbound = form.direction === "outbound";
  return {
    direction: form.direction,
    source: outbound ? { kind: "not_asked" } : sourceOf(form.who),
    receiver: outbound ? sourceOf(form.who) : null,
    patient: { name: form.patient.trim(), chartNumber: orNull(form.chartNumber), patient: form.patientId },
    reason: orNull(form.reason),
    serviceLine: orNull(form.serviceLine),
    payer: null,
    receivedOn: form.receivedOn === today ? null : form.receivedOn,
    urgency: form.urgency,
    note: null,
    confirmDuplicate,
  };
}

/** The name of who was answered, for a sentence. */
export function whoName(who: Who | null): string | null {
  if (who === null || who.kind === "none") return null;
  return who.kind === "known" ? who.title : who.text;
}

/** What the screen of finding help types, and what is sent. No screen in here. */
import type { WishCheck, Gender, Strengths, Wishes, WishKind } from "$lib/ipc/bindings";
import { genderNames } from "./strings";

const METERS = 1609.344;

/** The question as it is typed. */
export interface Typed {
  problem: string;
  language: string;
  gender: Gender | "";
  miles: string;
  cost: string;
  insurance: string;
  technology: string;
  contactTime: string;
  needs: string;
  /** What counts double. */
  double: WishKind[];
  patient: string;
}

export const blank: Typed = { problem: "", language: "", gender: "", miles: "", cost: "", insurance: "", technology: "", contactTime: "", needs: "", double: [], patient: "" };

export function isBlank(typed: Typed): boolean {
  return (Object.keys(blank) as (keyof Typed)[]).every((key) => typed[key].length === 0);
}

/** The question a draft holds; null where it can't be read. */
export function readDraft(body: string): Typed | null {
  try {
    const kept = JSON.parse(body) as Record<string, unknown>;
    if (typeof kept !== "object" || kept === null) return null;
    const texts = (Object.keys(blank) as (keyof Typed)[]).filter((key) => key !== "double");
    if (!texts.every((key) => kept[key] === undefined || typeof kept[key] === "string")) return null;
    if (kept.double !== undefined && !Array.isArray(kept.double)) return null;
    return { ...blank, ...(kept as Partial<Typed>) };
  } catch {
    return null;
  }
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** Parts by commas and line ends, trimmed, each once. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((part) => part.trim()).filter((part) => part !== ""))];
}

/** Meters of so many miles; null for nothing, undefined where it is no distance. */
export function metersOf(miles: string): number | null | undefined {
  const text = miles.trim().replace(",", ".");
  if (text === "") return null;
  if (!/^\d{1,5}(\.\d+)?$/.test(text)) return undefined;
  return Math.round(Number(text) * METERS);
}

/** "4" or "4.5" miles of so many meters. */
export function milesOf(meters: number): string {
  return String(Math.round((meters / METERS) * 10) / 10);
}

/** What is sent; undefined where the miles can't be read. */
export function toWishes(typed: Typed): Wishes | undefined {
  const distanceM = metersOf(typed.miles);
  if (distanceM === undefined) return undefined;
  return {
    language: orNull(typed.language),
    gender: typed.gender === "" ? null : typed.gender,
    distanceM,
    cost: orNull(typed.cost),
    insurance: orNull(typed.insurance),
    technology: orNull(typed.technology),
    contactTime: orNull(typed.contactTime),
    needs: listOf(typed.needs),
    weights: typed.double.map((kind) => ({ kind, weight: 2 })),
  };
}

/** The typed question without one preference. */
export function without(typed: Typed, kind: WishKind): Typed {
  switch (kind) {
    case "language":
      return { ...typed, language: "" };
    case "gender":
      return { ...typed, gender: "" };
    case "distance":
      return { ...typed, miles: "" };
    case "cost":
      return { ...typed, cost: "" };
    case "insurance":
      return { ...typed, insurance: "" };
    case "technology":
      return { ...typed, technology: "" };
    case "contact_time":
      return { ...typed, contactTime: "" };
    case "need":
      return { ...typed, needs: "" };
  }
}

/** What was preferred when a list was given, typed again. */
export function typedOf(problem: string, wishes: Wishes | null): Typed {
  if (!wishes) return { ...blank, problem };
  return {
    ...blank,
    problem,
    language: wishes.language ?? "",
    gender: wishes.gender ?? "",
    miles: wishes.distanceM === null ? "" : milesOf(wishes.distanceM),
    cost: wishes.cost ?? "",
    insurance: wishes.insurance ?? "",
    technology: wishes.technology ?? "",
    contactTime: wishes.contactTime ?? "",
    needs: wishes.needs.join(", "),
    double: wishes.weights.filter((one) => one.weight > 1).map((one) => one.kind),
  };
}

/** A value of a check in words. */
export function valueText(kind: WishKind, value: string): string {
  if (kind === "gender") return genderNames[value as Gender] ?? value;
  if (kind === "distance") return `${milesOf(Number(value))} miles`;
  return value;
}

/** "Spanish" or, where it is not met, what is there instead: "English". */
export function checkText(check: WishCheck): string {
  const wish = check.kind === "distance" ? `up to ${valueText(check.kind, check.wish)}` : valueText(check.kind, check.wish);
  if (check.met !== "no") return wish;
  return `${wish} (${check.recorded.map((one) => valueText(check.kind, one)).join(", ")})`;
}

/** Every preference in a line. */
export function wishLines(wishes: Wishes): string[] {
  return [
    wishes.language,
    wishes.gender && genderNames[wishes.gender],
    wishes.distanceM !== null && `up to ${milesOf(wishes.distanceM)} miles`,
    wishes.cost,
    wishes.insurance,
    wishes.technology,
    wishes.contactTime,
    ...wishes.needs,
  ].filter((one): one is string => typeof one === "string" && one !== "");
}

/** The lists of a partner as lines of text. */
export interface TypedStrengths {
  helpsWith: string;
  notSuitedFor: string;
  languages: string;
  genders: Gender[];
  costs: string;
  insurances: string;
  noInsurances: string;
  technologies: string;
  contactTimes: string;
  needs: string;
  miles: string;
  doNotUse: string;
}

export function typedStrengths(known: Strengths): TypedStrengths {
  const lines = (list: readonly string[]) => list.join("\n");
  return {
    helpsWith: lines(known.helpsWith),
    notSuitedFor: lines(known.notSuitedFor),
    languages: lines(known.languages),
    genders: [...known.genders],
    costs: lines(known.costs),
    insurances: lines(known.insurances),
    noInsurances: lines(known.noInsurances),
    technologies: lines(known.technologies),
    contactTimes: lines(known.contactTimes),
    needs: lines(known.needs),
    miles: known.distanceM === null ? "" : milesOf(known.distanceM),
    doNotUse: known.doNotUse ?? "",
  };
}

/** What is sent; undefined where the miles can't be read. What was there in meters stays unless its miles were changed. */
export function toStrengths(typed: TypedStrengths, before: Strengths): Strengths | undefined {
  const unchanged = before.distanceM !== null && milesOf(before.distanceM) === typed.miles.trim();
  const distanceM = unchanged ? before.distanceM : metersOf(typed.miles);
  if (distanceM === undefined) return undefined;
  return {
    helpsWith: listOf(typed.helpsWith),
    notSuitedFor: listOf(typed.notSuitedFor),
    languages: listOf(typed.languages),
    genders: typed.genders,
    costs: listOf(typed.costs),
    insurances: listOf(typed.insurances),
    noInsurances: listOf(typed.noInsurances),
    technologies: listOf(typed.technologies),
    contactTimes: listOf(typed.contactTimes),
    needs: listOf(typed.needs),
    distanceM,
    doNotUse: orNull(typed.doNotUse),
  };
}

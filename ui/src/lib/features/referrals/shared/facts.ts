/** How a patient came to us, as it is typed. */
import type { SourceWay, SourceFacts, YesNo } from "$lib/ipc/bindings";

export interface TypedFacts {
  channel: SourceWay | "";
  detail: string;
  whyUs: string;
  reportHomeDoctor: YesNo | "";
  country: string;
  language: string;
  currency: string;
  timeZone: string;
  facilitator: string;
  feeNote: string;
  feeAgreed: YesNo | "";
}

export const blankFacts: TypedFacts = { channel: "", detail: "", whyUs: "", reportHomeDoctor: "", country: "", language: "", currency: "", timeZone: "", facilitator: "", feeNote: "", feeAgreed: "" };

export function typedFacts(facts: SourceFacts): TypedFacts {
  return {
    channel: facts.channel ?? "", detail: facts.detail ?? "", whyUs: facts.whyUs ?? "", reportHomeDoctor: facts.reportHomeDoctor ?? "", country: facts.country ?? "", language: facts.language ?? "",
    currency: facts.currency ?? "", timeZone: facts.timeZone ?? "", facilitator: facts.facilitator ?? "", feeNote: facts.feeNote ?? "", feeAgreed: facts.feeAgreed ?? "",
  };
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
const codeOrNull = <T extends string>(code: T | ""): T | null => (code === "" ? null : code);

export function toFacts(typed: TypedFacts): SourceFacts {
  return {
    channel: codeOrNull(typed.channel), detail: orNull(typed.detail), whyUs: orNull(typed.whyUs), reportHomeDoctor: codeOrNull(typed.reportHomeDoctor), country: orNull(typed.country), language: orNull(typed.language),
    currency: orNull(typed.currency), timeZone: orNull(typed.timeZone), facilitator: orNull(typed.facilitator), feeNote: orNull(typed.feeNote), feeAgreed: codeOrNull(typed.feeAgreed),
  };
}

/** Nothing is known. */
export function noFacts(typed: TypedFacts): boolean {
  return Object.values(typed).every((value) => value.trim() === "");
}

/** Something is known that concerns only those from afar. */
export function fromAfar(typed: TypedFacts): boolean {
  return [typed.country, typed.language, typed.currency, typed.timeZone, typed.facilitator, typed.feeNote].some((text) => text.trim() !== "");
}

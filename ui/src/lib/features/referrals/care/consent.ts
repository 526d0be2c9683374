/** What holds for a purpose, in words. The core says whether it is open; the last record says since when. */
import { longDate, type IconName } from "$lib/design";
import type { Consent, ConsentNow, Gate, Purpose } from "$lib/ipc/bindings";
import { careStrings } from "./strings";

const words = careStrings.consent;

export const purposes: readonly Purpose[] = ["treatment", "thank_you", "success_story", "marketing"];

export const gateLook: Record<Gate, { tone: "good" | "late" | "warn" | "line"; icon: IconName }> = {
  allowed: { tone: "good", icon: "check" },
  treating: { tone: "good", icon: "check" },
  no_record: { tone: "line", icon: "minus" },
  refused: { tone: "late", icon: "ban" },
  expired: { tone: "warn", icon: "clock" },
  revoked: { tone: "late", icon: "ban" },
  restricted: { tone: "late", icon: "eyeoff" },
};

export interface ConsentState {
  purpose: Purpose;
  gate: Gate;
  /** What holds, in one or two sentences. */
  sentence: string;
  /** The last word, which the state follows from. */
  last: Consent | null;
  /** What was said before, the newest first. */
  earlier: readonly Consent[];
  /** It can be taken back. */
  revocable: boolean;
}

function sentenceOf(gate: Gate, purpose: Purpose, last: Consent | null): string {
  const treatment = purpose === "treatment";
  if (!last) return treatment ? words.noRecordTreatment : words.noRecord;
  const how = words.how[last.form];
  const too = treatment ? ` ${words.bindsTreatment}` : "";
  switch (gate) {
    case "refused":
      return words.refused(how, longDate(last.on)) + too;
    case "revoked":
      return words.revoked(longDate(last.revokedOn ?? last.on)) + too;
    case "expired":
      return (treatment ? words.expiredTreatment : words.expired)(longDate(last.expiresOn ?? last.on));
    default:
      return words.given(how, longDate(last.on), last.expiresOn === null ? null : longDate(last.expiresOn));
  }
}

/** Each purpose with what holds now. `records`: the newest first, as the core lists them. */
export function statesOf(records: readonly Consent[], now: readonly ConsentNow[]): ConsentState[] {
  return purposes.map((purpose) => {
    const [last = null, ...earlier] = records.filter((record) => record.purpose === purpose);
    const gate = now.find((one) => one.purpose === purpose)?.gate ?? "no_record";
    return { purpose, gate, last, earlier, sentence: sentenceOf(gate, purpose, last), revocable: gate === "allowed" && last?.revokedOn === null };
  });
}

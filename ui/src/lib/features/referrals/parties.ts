/** Whom a referral names, in words for lists and sentences. */
import type { ReferralParty, RegisterRow } from "$lib/ipc/bindings";
import { answerNames } from "./strings";

/** "Keiko Ito, MD" at "Pine Hollow Family Medicine"; null where nobody is named. */
export function partyNames(party: ReferralParty): { name: string; detail: string | null } | null {
  const { partnerName, personName } = party;
  if (personName) return { name: personName, detail: partnerName && partnerName !== personName ? partnerName : null };
  return partnerName ? { name: partnerName, detail: null } : null;
}

/** The other side of a referral: who sent an inbound one, who receives an outbound one. */
export function otherSide(row: RegisterRow): ReferralParty {
  return row.direction === "outbound" ? row.to : row.from;
}

/** In one line: "Keiko Ito, MD, Pine Hollow Family Medicine", or the answer that was given instead of a name. */
export function otherSideText(row: RegisterRow): string {
  const names = partyNames(otherSide(row));
  if (names) return names.detail ? `${names.name}, ${names.detail}` : names.name;
  return row.direction === "inbound" && row.sourceAnswer !== "named" ? answerNames[row.sourceAnswer] : "—";
}

/** The day that matters where a referral stands. */
export function dayOf(row: RegisterRow): string | null {
  switch (row.state) {
    case "scheduled":
      return row.scheduledOn;
    case "seen":
      return row.seenOn;
    default:
      return row.closedOn ?? row.scheduledOn;
  }
}

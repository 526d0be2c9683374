/** The form of what is planned together: what is typed, as the check and the list read it. */
import { todayIso } from "$lib/design";
import type { Known, Offer, OfferKind, OfferRow } from "$lib/ipc/bindings";
import { readMoney, writeMoney } from "./money";

/** Everything that is typed; kept as a draft. */
export interface TypedOffer {
  id: string | null;
  partner: string | null;
  partnerName: string;
  kind: OfferKind;
  what: string;
  fromOn: string | null;
  toOn: string | null;
  ours: string;
  theirs: string;
  cash: Known;
  solicited: Known;
  federal: Known;
  purpose: string;
  materials: string;
  fairValue: string;
  agreement: string;
}

export const freshOffer = (): TypedOffer => ({
  id: null, partner: null, partnerName: "", kind: "co_promotion", what: "", fromOn: todayIso(), toOn: null, ours: "", theirs: "",
  cash: "no", solicited: "unknown", federal: "unknown", purpose: "", materials: "", fairValue: "", agreement: "",
});

export const typedOf = ({ offer, partnerName }: OfferRow): TypedOffer => ({
  id: offer.id, partner: offer.partner, partnerName, kind: offer.kind, what: offer.what, fromOn: offer.fromOn, toOn: offer.toOn,
  ours: writeMoney(offer.oursCents), theirs: writeMoney(offer.theirsCents), cash: offer.cash, solicited: offer.solicited, federal: offer.federal,
  purpose: offer.purpose ?? "", materials: offer.materials ?? "", fairValue: offer.fairValue ?? "", agreement: offer.agreement ?? "",
});

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
const cents = (text: string): number | null => (text.trim() === "" ? 0 : readMoney(text));

/** What is asked about; null while something is missing without which nothing can be said. */
export function offerOf(typed: TypedOffer): Offer | null {
  const [oursCents, theirsCents] = [cents(typed.ours), cents(typed.theirs)];
  if (typed.partner === null || typed.fromOn === null || oursCents === null || theirsCents === null) return null;
  return {
    id: typed.id, partner: typed.partner, kind: typed.kind, what: typed.what, fromOn: typed.fromOn, toOn: typed.toOn, oursCents, theirsCents,
    cash: typed.cash, solicited: typed.solicited, federal: typed.federal, purpose: orNull(typed.purpose), materials: orNull(typed.materials),
    fairValue: orNull(typed.fairValue), agreement: orNull(typed.agreement),
  };
}

/** A draft as it was kept; nothing if it is not one. */
export function readOfferDraft(body: string): TypedOffer | null {
  try {
    const read = JSON.parse(body) as Partial<TypedOffer>;
    return typeof read.what === "string" ? { ...freshOffer(), ...read, id: null } : null;
  } catch {
    return null;
  }
}

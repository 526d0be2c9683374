/** A partner's own fields: how they are read from its page and sent to the core. */
import { ask } from "$lib/ipc/call";
import { commands, type HowMet, type PartnerChange, type PartnerPage, type PartnerType } from "$lib/ipc/bindings";
import { shortDate } from "$lib/design";
import { howMetWords, typeWords } from "./words";

export type PartnerField = Exclude<PartnerChange["field"], "class">;

/** The value of a field as text; "" is nothing. */
export function partnerValue({ header, beginning, notes }: PartnerPage, field: PartnerField): string {
  switch (field) {
    case "name": return header.name;
    case "type": return header.type;
    case "npi": return header.npi ?? "";
    case "specialty": return header.specialty ?? "";
    case "parent": return header.parent?.id ?? "";
    case "owner": return header.owner?.id ?? "";
    case "notes": return notes;
    case "how_met": return beginning.how ?? "";
    case "how_met_on": return beginning.on ?? "";
    case "how_met_place": return beginning.place ?? "";
    case "how_met_note": return beginning.note ?? "";
    case "introducer": return beginning.introducer?.id ?? "";
  }
}

/** The same in words. */
export function partnerShown(page: PartnerPage, field: PartnerField): string {
  const { header, beginning } = page;
  switch (field) {
    case "type": return typeWords[header.type];
    case "parent": return header.parent?.name ?? "";
    case "owner": return header.owner?.name ?? "";
    case "how_met": return beginning.how ? howMetWords[beginning.how] : "";
    case "how_met_on": return beginning.on ? shortDate(beginning.on) : "";
    case "introducer": return beginning.introducer?.name ?? "";
    default: return partnerValue(page, field);
  }
}

/** One field and what it becomes, as the core takes it. */
export function partnerChange(field: PartnerField, value: string): PartnerChange {
  switch (field) {
    case "name": return { field, value };
    case "type": return { field, value: value as PartnerType };
    case "how_met": return { field, value: value === "" ? null : (value as HowMet) };
    default: return { field, value: value === "" ? null : value };
  }
}

/** Saves one field. */
export const sendPartner = (id: string) => (field: PartnerField, value: string, stamp: number | null) =>
  ask(commands.partnerEdit(id, [partnerChange(field, value)], stamp));

/** A person's own fields: how they are read from the page and sent to the core. */
import { ask } from "$lib/ipc/call";
import { commands, type PersonChange, type PersonPage, type PersonRole } from "$lib/ipc/bindings";
import { networkStrings } from "./strings";
import { roleWords } from "./words";

export type PersonField = PersonChange["field"];

/** The value of a field as text; "" is nothing. */
export function personValue(page: PersonPage, field: PersonField): string {
  switch (field) {
    case "name": return page.name;
    case "given": return page.parts.given ?? "";
    case "middle": return page.parts.middle ?? "";
    case "family": return page.parts.family ?? "";
    case "credentials": return page.parts.credentials ?? "";
    case "npi": return page.npi ?? "";
    case "specialty": return page.specialty ?? "";
    case "role": return page.role ?? "";
    case "first_name_terms": return page.firstNameTerms === null ? "" : page.firstNameTerms ? "yes" : "no";
    case "connection_note": return page.connectionNote ?? "";
    case "notes": return page.notes;
  }
}

/** The same in words. */
export function personShown(page: PersonPage, field: PersonField): string {
  const s = networkStrings.person;
  if (field === "role") return page.role ? roleWords[page.role] : "";
  if (field === "first_name_terms") return page.firstNameTerms === null ? s.firstNameUnknown : page.firstNameTerms ? s.firstNameYes : s.firstNameNo;
  return personValue(page, field);
}

/** One field and what it becomes, as the core takes it. */
export function personChange(field: PersonField, value: string): PersonChange {
  switch (field) {
    case "name":
    case "given":
    case "middle":
    case "family":
    case "credentials": return { field, value };
    case "role": return { field, value: value === "" ? null : (value as PersonRole) };
    case "first_name_terms": return { field, value: value === "" ? null : value === "yes" };
    default: return { field, value: value === "" ? null : value };
  }
}

/** Saves one field. */
export const sendPerson = (id: string) => (field: PersonField, value: string, stamp: number | null) =>
  ask(commands.personEdit(id, [personChange(field, value)], stamp));

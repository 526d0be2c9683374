/** The form of a new partner: what is typed, and what the core is told. */
import type { HowMet, NewContactPoint, NewPartner, NewPerson, PartnerClass, PartnerType, PersonRole } from "$lib/ipc/bindings";

export interface PartnerForm {
  class: PartnerClass;
  type: PartnerType | "";
  individual: boolean;
  name: string;
  specialty: string;
  npi: string;
  phone: string;
  phone2: string;
  fax: string;
  email: string;
  street: string;
  city: string;
  state: string;
  zip: string;
  how: HowMet | "";
  howOn: string | null;
  howNote: string;
  introducer: { id: string; name: string } | null;
  owner: string;
}

export const blankPartner: PartnerForm = {
  class: "medical", type: "", individual: false, name: "", specialty: "", npi: "", phone: "", phone2: "", fax: "", email: "",
  street: "", city: "", state: "", zip: "", how: "", howOn: null, howNote: "", introducer: null, owner: "",
};

export interface PersonForm {
  name: string;
  credentials: string;
  npi: string;
  specialty: string;
  role: PersonRole | "";
  phone: string;
  email: string;
  decides: boolean;
  influences: boolean;
  executes: boolean;
  usuallyPicks: boolean;
}

export const blankPerson: PersonForm = {
  name: "", credentials: "", npi: "", specialty: "", role: "", phone: "", email: "",
  decides: false, influences: false, executes: false, usuallyPicks: false,
};

/** Whether anything was typed that would be a pity to lose. */
export function isTouched(form: PartnerForm | PersonForm): boolean {
  return Object.entries(form).some(([field, value]) => field !== "class" && field !== "type" && field !== "individual" && field !== "owner" && field !== "role" && value !== "" && value !== null && value !== false);
}

/** A draft as it was left, over the blank form: a draft of an older build has fields missing. */
export function readDraft<T extends object>(body: string | null, blank: T): T | null {
  if (body === null) return null;
  try {
    const kept: unknown = JSON.parse(body);
    return typeof kept === "object" && kept !== null ? { ...blank, ...kept } : null;
  } catch {
    return null;
  }
}

const text = (typed: string) => typed.trim() || null;

function points(entries: readonly [NewContactPoint["kind"], string][]): NewContactPoint[] {
  return entries.filter(([, value]) => value.trim() !== "").map(([kind, value]) => ({ kind, value: value.trim() }));
}

/** What the core is told. An individual's ways to be reached stand at the partner, which is what lists show. */
export function newPartner(form: PartnerForm, type: PartnerType): NewPartner {
  const hasAddress = [form.street, form.city, form.state, form.zip].some((part) => part.trim() !== "");
  const medical = form.class === "medical";
  return {
    class: form.class,
    type,
    name: form.name.trim(),
    individual: form.individual && form.class !== "source" ? {} : null,
    npi: medical ? text(form.npi) : null,
    specialty: medical ? text(form.specialty) : null,
    contactPoints: points([["phone", form.phone], ["phone", form.phone2], ["fax", form.fax], ["email", form.email]]),
    addresses: hasAddress ? [{ street: form.street.trim(), city: form.city.trim(), state: form.state.trim(), zip: form.zip.trim() }] : [],
    beginning: {
      how: form.how === "" ? null : form.how,
      on: form.howOn,
      note: text(form.howNote),
      introducer: form.how === "introduced" ? (form.introducer?.id ?? null) : null,
    },
    owner: text(form.owner),
  };
}

/** A person for the core, working at `partner` if one is named. */
export function newPerson(form: PersonForm, partner: string | null): NewPerson {
  const name = form.name.trim();
  const credentials = form.credentials.trim();
  const { decides, influences, executes, usuallyPicks } = form;
  const role = form.role === "" ? null : form.role;
  return {
    name: name && credentials ? `${name}, ${credentials}` : name,
    npi: text(form.npi),
    specialty: text(form.specialty),
    role,
    contactPoints: points([["phone", form.phone], ["email", form.email]]),
    worksAt: partner === null ? null : { partner, role, influence: { decides, influences, executes, usuallyPicks } },
  };
}

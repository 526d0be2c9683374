/** Words and drawings for the codes of partners and people. */
import type { IconName } from "$lib/design";
import type {
  AddressKind, ContactKind, Direction, HowMet, PartnerClass, PartnerType, PersonRole, ReferralState, RequiredItem, Ring, Status, Why,
} from "$lib/ipc/bindings";

export const classWords: Record<PartnerClass, string> = { medical: "Medical", business: "Business", patient: "Patient", source: "Other source" };

export const ringWords: Record<Ring, string> = { prospect: "Prospect", active: "Active", core: "Core", parked: "Parked", ended: "Ended" };

export const typeWords: Record<PartnerType, string> = {
  primary_care: "Primary care",
  pediatrics: "Pediatrics",
  specialist: "Specialist",
  urgent_care: "Urgent care",
  dentist: "Dentist",
  optometrist: "Optometrist or optician",
  physical_therapist: "Physical therapy",
  podiatrist: "Podiatrist",
  chiropractor: "Chiropractor",
  psychologist: "Psychologist",
  dietitian: "Dietitian",
  pharmacy: "Pharmacy",
  home_health: "Home health",
  imaging_lab: "Imaging or lab",
  hospital: "Hospital or system",
  multi_specialty_clinic: "Multi-specialty clinic",
  destination_programme: "Destination program",
  facilitator: "Facilitator",
  practitioner: "Practitioner",
  other_medical: "Medical practice",
  gym: "Gym",
  personal_trainer: "Personal trainer",
  sport_leader: "Yoga or sport leader",
  performer: "Performer",
  school: "School or teacher",
  child_care: "Child care",
  shop: "Shop or retailer",
  salon_spa: "Salon or spa",
  employer: "Employer",
  realtor: "Realtor",
  senior_residence: "Senior residence",
  association: "Chamber or association",
  community_group: "Community group",
  other_business: "Business",
  patient: "Patient",
  family_friend: "Family or friend",
  advert: "Advert",
  web_site: "Web site",
  search: "Search",
  directory: "Directory",
  social_media: "Social media",
  event: "Event",
  walk_in: "Walk-in",
  self_referred: "Came by themselves",
  unnamed_friend: "A friend, not named",
  unknown: "Not known",
};

/** The type, and for a specialist which one. */
export function typeOf({ type, specialty }: { type: PartnerType; specialty: string | null }): string {
  return (type === "specialist" || type === "practitioner" || type === "other_medical" ? specialty : null) ?? typeWords[type];
}

export const roleWords: Record<PersonRole, string> = {
  physician: "Physician",
  advanced_practitioner: "NP or PA",
  nurse: "Nurse",
  dentist: "Dentist",
  therapist: "Therapist",
  practice_manager: "Practice manager",
  referral_coordinator: "Referral coordinator",
  front_desk: "Front desk",
  medical_assistant: "Medical assistant",
  billing: "Billing",
  owner: "Owner",
  gym_manager: "Gym manager",
  trainer: "Trainer",
  teacher: "Teacher",
  manager: "Manager",
  liaison: "Liaison",
  patient: "Patient",
  other: "Other",
};

export const howMetWords: Record<HowMet, string> = { sought: "We looked for each other", introduced: "Introduced", event: "At an event", accident: "By chance" };
export const contactWords: Record<ContactKind, string> = { phone: "Phone", mobile: "Mobile", fax: "Fax", email: "E-mail", web: "Web site", social: "Social media" };
export const addressWords: Record<AddressKind, string> = { work: "Work", mail: "Mail", home: "Home" };
export const statusWords: Record<Status, string> = { active: "Active", cooling: "Cooling", dormant: "Dormant", prospect: "Prospect", ended: "Ended" };
export const directionWords: Record<Direction, string> = { inbound: "In", outbound: "Out", internal: "Within the house" };
export const stateWords: Record<ReferralState, string> = {
  open: "Open", scheduled: "Scheduled", seen: "Seen", no_show: "No-show", declined: "Declined", lost: "Lost", unknown: "Not known",
};
export const requiredWords: Record<RequiredItem, string> = {
  npi: "NPI", specialty: "Specialty", phone: "Telephone", fax_or_email: "Fax or e-mail", address: "Address with city", person: "A person we know there",
  owner: "Owner", how_met: "How we met",
};
export const whyWords: Record<Why, string> = {
  same_npi: "same NPI", same_phone: "same telephone", same_email: "same e-mail", same_name: "same name", similar_name: "similar name",
  same_zip: "same ZIP", same_specialty: "same specialty",
};

const typeIcons: Partial<Record<PartnerType, IconName>> = {
  hospital: "hospital", multi_specialty_clinic: "hospital", school: "school", child_care: "school", pharmacy: "shop",
  patient: "user", family_friend: "user", web_site: "link", search: "search", directory: "list", social_media: "users", event: "calendar",
  walk_in: "route", self_referred: "user", unnamed_friend: "user", unknown: "more", practitioner: "user",
};
const classIcons: Record<PartnerClass, IconName> = { medical: "clinic", business: "shop", patient: "user", source: "insights" };

/** The drawing of a partner: a person where the partner is one, else by its type or class. */
export function partnerIcon(partner: { class: PartnerClass; type: PartnerType; individual: boolean }): IconName {
  if (partner.individual) return "user";
  return typeIcons[partner.type] ?? classIcons[partner.class];
}

export const contactIcons: Record<ContactKind, IconName> = { phone: "phone", mobile: "phone", fax: "print", email: "mail", web: "link", social: "users" };

/** Options of a choice, in the order of the words. */
export function optionsOf<T extends string>(words: Record<T, string>): { value: T; label: string }[] {
  return (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }));
}

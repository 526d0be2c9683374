/** How history names records, fields and values; used wherever a change is told field by field. */
import { count, instant, longDate, money } from "$lib/design";
import type { Shown } from "$lib/ipc/bindings";
import { accessWords } from "./access.svelte";

export const changeWords = {
  empty: "nothing",
  yes: "yes",
  no: "no",
  before: "Before",
  after: "After",
  field: "Field",
  added: "added",
  changed: "changed",
  removed: "removed",
  putBack: (field: string) => `Put this back: ${field}`,
  meanwhile: {
    text: (field: string) => `${field} was changed meanwhile.`,
    theirs: "Now",
    mine: "Yours",
    keep: "Keep mine",
    take: "Take theirs",
  },
  whole: "Show all",
  more: (n: number) => (n === 1 ? "and 1 more record" : `and ${count(n)} more records`),
} as const;

const kinds: Record<string, string> = {
  practice: "Practice",
  profile: "Profile",
  role_rights: "Rights of a role",
  setting: "Setting",
  partner: "Partner",
  person: "Person",
  affiliation: "Place of work",
  contact_point: "Contact",
  address: "Address",
  tag: "Tag",
  partner_tag: "Tag of a partner",
  saved_view: "Saved view",
  patient: "Patient",
  referral: "Referral",
  import_run: "Import",
  import_profile: "Import mapping",
  alias: "Other spelling",
  distinct_pair: "Marked as different",
  legal_hold: "Legal hold",
  erasure: "Request for erasure",
  process_version: "Path of referrals",
  baton: "Who holds it",
  referral_step: "Step",
  hand_off: "Hand-over",
  absence: "Absence",
  checklist_mark: "Checklist",
  packet_agreement: "Agreed documents",
  leak: "Leak",
  consent: "Consent",
  restriction: "Restriction",
  referral_answer: "Detail",
  experience: "Experience",
};

const fields: Record<string, string> = {
  documents: "Documents",
  name: "Name",
  given: "Given name",
  middle: "Middle name",
  family: "Family name",
  credentials: "Credentials",
  class: "Class",
  type: "Type",
  npi: "NPI",
  specialty: "Specialty",
  role: "Role",
  network: "Partners and people",
  referrals: "Referrals",
  insights: "Scorecards",
  exchange: "Imports",
  history: "History",
  vault: "Settings",
  hides_patients: "Hides who patients are",
  hides_reason: "Hides reasons",
  hides_money: "Hides amounts",
  may_export: "May export",
  first_name_terms: "First-name terms",
  connection_note: "What we have in common",
  notes: "Notes",
  individual: "Is the person",
  parent: "Belongs to",
  how_met: "How we met",
  how_met_on: "Met on",
  how_met_place: "Met at",
  how_met_note: "How we met, in a sentence",
  introducer: "Introduced by",
  owner: "Owner",
  ended_on: "Ended on",
  ended_reason: "Why it ended",
  trashed_at: "In the trash since",
  trashed_by: "Moved to the trash by",
  trash_reason: "Why it is in the trash",
  created_at: "Put on record",
  created_by: "Put on record by",
  changed_at: "Last changed",
  changed_by: "Last changed by",
  decides: "Decides",
  influences: "Influences",
  executes: "Carries it out",
  usually_picks: "Usually picks",
  is_primary: "Main one",
  from_on: "Since",
  to_on: "Until",
  kind: "Kind",
  value: "Value",
  label: "Label",
  street: "Street",
  street2: "Suite",
  city: "City",
  state: "State",
  zip: "ZIP",
  country: "Country",
  person: "Person",
  partner: "Partner",
  tag: "Tag",
  chart_number: "Chart number",
  born_on: "Born on",
  direction: "Direction",
  received_on: "Received",
  scheduled_on: "Scheduled",
  seen_on: "Seen",
  closed_on: "Closed",
  outcome: "Outcome",
  source_answer: "Answer to who sent them",
  from_partner: "From",
  from_person: "From the person",
  to_partner: "To",
  to_person: "To the person",
  patient: "Patient",
  reason: "Reason",
  service_line: "Service line",
  payer: "Payer",
  urgency: "Urgency",
  status_text: "Status in the file",
  amount_cents: "Amount",
  note: "Note",
  import: "Imported from",
  import_record: "Record in the file",
  file_name: "File",
  rows: "Rows",
  started_at: "Started",
  definition: "What it remembers",
  list: "List",
  position: "Place in the list",
  time_zone: "Time zone",
  currency: "Currency",
  initials: "Initials",
  active_from: "Active since",
  active_to: "Active until",
  retired_at: "Retired",
  key: "Setting",
  influence: "Part in choosing",
  primary: "Main place",
  from: "From",
  to: "To",
  closed: "Closed",
  view: "What it shows",
  record_id: "Record",
  placed_at: "Placed",
  placed_by: "Placed by",
  lifted_at: "Lifted",
  lifted_by: "Lifted by",
  lift_reason: "Why it was lifted",
  token: "Stands for the name",
  requester: "Who asked",
  requested_on: "Asked on",
  decision: "Decision",
  done_at: "Done",
  done_by: "Done by",
  travel: "How far the patient comes",
  tracked_on: "Steps kept since",
  holder: "Held by",
  holder_person: "Held by",
  held_on: "Held since",
  next_step: "Next step",
  due_on: "Due",
  step: "Step",
  done_on: "Done",
  minute: "Minute of the day",
  stage: "Stage",
  item: "Item",
  given_on: "Given on",
  given_at: "Given",
  given_by: "Given by",
  answer: "Answer",
  answered_on: "Answered on",
  profile: "Who",
  deputy: "Stands in",
  reason_code: "Reason",
  reason_text: "Reason in words",
  action: "What is tried",
  action_due_on: "By when",
  result: "What became of it",
  result_on: "On",
  purpose: "What for",
  form: "How it was said",
  expires_on: "Holds until",
  revoked_on: "Revoked on",
  since_on: "Since",
  topic: "About",
  visit_on: "Visit",
  rating: "Rating",
  confidence: "Confidence",
  took_part: "Could take part in deciding",
  comment: "Comment",
  followed_up_on: "Followed up on",
  follow_up_note: "What came of it",
};

/** Words that stand for codes; the rest are read from the code itself. */
const codes: Record<string, string> = {
  no_show: "no-show",
  does_not_know: "does not know",
  declined: "declined",
  not_asked: "not asked",
  named: "gave a name",
  primary_care: "primary care",
  sport_leader: "yoga or sports leader",
  imaging_lab: "imaging or laboratory",
  multi_specialty_clinic: "multi-specialty clinic",
  destination_programme: "destination program",
  salon_spa: "salon or spa",
  family_friend: "family or friend",
  web_site: "web site",
  source: "not a person",
  sought: "we looked for them",
  introduced: "introduced",
  event: "at an event",
  accident: "by chance",
};

function spoken(code: string): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** "Partner" for `partner`. */
export function kindName(kind: string): string {
  return kinds[kind] ?? spoken(kind);
}

/** "How we met" for `partner.how_met`; ids of other records are named like the record. */
export function fieldName(code: string): string {
  const own = code.split(".").at(-1) ?? code;
  return fields[own] ?? fields[own.replace(/_id$/, "")] ?? spoken(own);
}

/** "no-show" for `no_show`. */
export function codeWord(code: string): string {
  return codes[code] ?? code.replaceAll("_", " ");
}

/** A value in a sentence; nothing is said as such. */
export function shownText(shown: Shown | null): string {
  if (shown === null) return changeWords.empty;
  switch (shown.kind) {
    case "text":
      return shown.value === "" ? changeWords.empty : shown.value;
    case "code":
      return codeWord(shown.value);
    case "date":
      return longDate(shown.value);
    case "instant":
      return shown.value === null ? changeWords.empty : instant(shown.value);
    case "number":
      return count(shown.value);
    case "cents":
      return money(shown.value);
    case "yes_no":
      return shown.value ? changeWords.yes : changeWords.no;
    case "record":
      return shown.value.name;
    case "hidden":
      return accessWords.hidden;
  }
}

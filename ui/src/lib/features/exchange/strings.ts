/** Words of import and export. */
import { count, counted, money, shortDate } from "$lib/design";
import type { PlanGroup } from "$lib/ipc/bindings";
import type { DateOrder, Field, Meaning, TableKind, Understood } from "./types";

export const stepNames = { file: "File", columns: "Columns", words: "Words", preview: "Preview", done: "Done" } as const;

/** What a column can hold, in a table of referrals. */
export const fieldWords: Record<Field, string> = {
  ignore: "Not imported",
  referrer: "Who referred",
  referrer_given: "Referrer: given name",
  referrer_family: "Referrer: family name",
  referrer_middle: "Referrer: middle name",
  referrer_credentials: "Referrer: credentials",
  referrer_practice: "Referrer: practice",
  referrer_npi: "Referrer: NPI",
  referrer_phone: "Referrer: telephone",
  referrer_fax: "Referrer: fax",
  referrer_email: "Referrer: e-mail",
  referrer_street: "Referrer: street",
  referrer_city: "Referrer: city",
  referrer_state: "Referrer: state",
  referrer_zip: "Referrer: ZIP",
  referrer_specialty: "Referrer: specialty",
  received_on: "Day received",
  scheduled_on: "Day of the appointment",
  seen_on: "Day seen",
  closed_on: "Day closed",
  acknowledged_on: "Day acknowledged",
  reported_on: "Day of the report",
  returned_on: "Day returned",
  thanked_on: "Day thanked",
  patient: "Patient",
  patient_given: "Patient: given name",
  patient_family: "Patient: family name",
  patient_chart: "Patient: chart number",
  patient_born: "Patient: day of birth",
  reason: "Reason or diagnosis",
  service: "Service line",
  payer: "Payer",
  status: "What became of it",
  urgency: "Urgency",
  referral_type: "Kind of referral",
  travel: "Travel",
  amount: "Amount",
  source_class: "Kind of source",
  direction: "In or out",
  referred_to: "Referred to",
  notes: "Notes",
  category: "Category",
  job_title: "Job title",
};

/** In a table of contacts the same columns describe the person or place of the row. */
const contactWords: Partial<Record<Field, string>> = {
  referrer: "Name", referrer_given: "Given name", referrer_family: "Family name", referrer_middle: "Middle name", referrer_credentials: "Credentials",
  referrer_practice: "Organization", referrer_npi: "NPI", referrer_phone: "Telephone", referrer_fax: "Fax", referrer_email: "E-mail",
  referrer_street: "Street", referrer_city: "City", referrer_state: "State", referrer_zip: "ZIP", referrer_specialty: "Specialty",
};
const contactFields: readonly Field[] = [
  "ignore", "referrer", "referrer_given", "referrer_family", "referrer_middle", "referrer_credentials", "referrer_practice", "referrer_npi", "referrer_phone",
  "referrer_fax", "referrer_email", "referrer_street", "referrer_city", "referrer_state", "referrer_zip", "referrer_specialty", "category", "job_title", "notes",
];
const referralFields = (Object.keys(fieldWords) as Field[]).filter((field) => field !== "category" && field !== "job_title");

/** What a column of such a table can hold, in the order offered. */
export function fieldOptions(kind: TableKind): { value: Field; label: string }[] {
  if (kind === "contacts") return contactFields.map((value) => ({ value, label: contactWords[value] ?? fieldWords[value] }));
  return referralFields.map((value) => ({ value, label: fieldWords[value] }));
}

const nothing: Meaning = { is: "nothing" };
const outcomes: readonly (readonly [Meaning, string])[] = [
  [{ is: "outcome", value: "seen" }, "Seen"],
  [{ is: "outcome", value: "scheduled" }, "Still open"],
  [{ is: "outcome", value: "no_show" }, "No-show"],
  [{ is: "outcome", value: "declined" }, "Declined"],
  [{ is: "outcome", value: "lost" }, "Lost"],
  [nothing, "Says nothing"],
];
const channels: readonly (readonly [Meaning, string])[] = [
  [{ is: "referrer" }, "A referrer’s name"],
  [{ is: "channel", value: "self_referred" }, "Came by themselves"],
  [{ is: "channel", value: "internet_search" }, "Internet search"],
  [{ is: "channel", value: "unnamed_friend" }, "A friend, not named"],
  [{ is: "channel", value: "website" }, "Our web site"],
  [{ is: "channel", value: "insurance_directory" }, "Insurer’s directory"],
  [{ is: "channel", value: "advert" }, "Advert"],
  [{ is: "channel", value: "event" }, "Event"],
  [{ is: "channel", value: "walk_in" }, "Walk-in"],
  [{ is: "channel", value: "unknown" }, "Not known"],
  [nothing, "Says nothing"],
];
const directions: readonly (readonly [Meaning, string])[] = [
  [{ is: "direction", value: "inbound" }, "To us"],
  [{ is: "direction", value: "outbound" }, "From us to others"],
  [{ is: "direction", value: "internal" }, "Within the house"],
  [nothing, "Says nothing"],
];

const urgencies: readonly (readonly [Meaning, string])[] = [
  [{ is: "urgency", value: "emergency" }, "Emergency"],
  [{ is: "urgency", value: "urgent" }, "Urgent"],
  [{ is: "urgency", value: "routine" }, "Routine"],
  [nothing, "Says nothing"],
];
const kinds: readonly (readonly [Meaning, string])[] = [
  [{ is: "type", value: "consult" }, "Consultation"],
  [{ is: "type", value: "transfer" }, "Transfer of care"],
  [{ is: "type", value: "second_opinion" }, "Second opinion"],
  [{ is: "type", value: "co_management" }, "Co-management"],
  [{ is: "type", value: "travel" }, "Travel for care"],
  [nothing, "Says nothing"],
];
const travels: readonly (readonly [Meaning, string])[] = [
  [{ is: "travel", value: "local" }, "From here"],
  [{ is: "travel", value: "domestic" }, "From elsewhere in the country"],
  [{ is: "travel", value: "international" }, "From abroad"],
  [nothing, "Says nothing"],
];
const meanings: Partial<Record<Field, readonly (readonly [Meaning, string])[]>> = { status: outcomes, direction: directions, urgency: urgencies, referral_type: kinds, travel: travels };

/** What the words of such a column can mean. */
export const meaningsFor = (field: Field): readonly (readonly [Meaning, string])[] => meanings[field] ?? channels;

/** Columns whose words have to be understood, or are left out. */
export const isUnderstood = (field: Field): boolean => meanings[field] !== undefined;

const wordHeadings: Partial<Record<Field, [string, string]>> = {
  status: ["What became of the referral", "The file’s word for what became of it, and what it means here."],
  direction: ["In or out", "Which way the referral went."],
  urgency: ["Urgency", "How soon the patient has to be seen."],
  referral_type: ["Kind of referral", "A question, a transfer, a second opinion; each goes its own path."],
  travel: ["Travel", "How far the patient comes."],
  source_class: ["Kind of source", "Words that are no person and no place become sources such as “Internet search”."],
};

export const orderNames: Record<DateOrder, string> = { mdy: "Month, day, year", dmy: "Day, month, year", ymd: "Year, month, day" };

/** The fields of a referral a later file may change. */
const changed: Record<string, string> = {
  scheduled_on: "Appointment", seen_on: "Seen", closed_on: "Closed", outcome: "Outcome", status_text: "Status in the file", amount_cents: "Amount",
  reason: "Reason", service_line: "Service line", payer: "Payer", note: "Note", urgency: "Urgency", type: "Kind", travel: "Travel",
  acknowledged_on: "Acknowledged", confirmed_on: "Confirmed", report_sent_on: "Report sent", report_received_on: "Report received", returned_on: "Returned", thanked_on: "Thanked",
};
const outcomeWords: Record<string, string> = { scheduled: "still open", seen: "seen", no_show: "no-show", declined: "declined", lost: "lost" };

/** "Seen" for `seen_on`. */
export const changedField = (code: string): string => changed[code] ?? code.replaceAll("_", " ");

/** A value of a changed field as people read it; nothing is "none". */
export function changedValue(field: string, value: string | null): string {
  if (value === null || value === "") return "none";
  if (field.endsWith("_on")) return shortDate(value);
  if (field === "amount_cents") return money(Number(value));
  if (field === "outcome") return outcomeWords[value] ?? value;
  return value;
}

export const delimiterNames: readonly { value: string; label: string }[] = [
  { value: ",", label: "Comma ," },
  { value: ";", label: "Semicolon ;" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Bar |" },
];
export const encodings: readonly string[] = ["UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE", "Mac Roman", "ISO-8859-2", "ISO-8859-15"];

/** What a group of the preview is called, what it means, and that in two words where there is little room. */
export const groupWords: Record<PlanGroup, { name: string; means: string; short?: string }> = {
  all: { name: "All", means: "every row of the file" },
  questions: { name: "Who is this?", means: "names close to somebody known; without an answer each becomes a record of its own" },
  possible_duplicates: { name: "Twice", means: "probably another row written again; they wait for you", short: "wait for you" },
  rejected: { name: "Rejected", means: "stay out, with a reason; the rest comes in without them", short: "stay out" },
  kept_ours: { name: "Our word kept", means: "the file says otherwise than we wrote by hand" },
  updated: { name: "Changed", means: "referrals we know, with something new", short: "known, now different" },
  new: { name: "New", means: "come in" },
  left_out: { name: "Left out", means: "by your decision" },
  unchanged: { name: "Known", means: "already here, no change", short: "no change" },
  not_data: { name: "Not data", means: "sums, headings and footers; any of them can be taken as a row" },
};

const reasons: Record<string, string> = {
  duplicate_row: "Twice in the file", missing_date: "No date", unreadable_date: "Unreadable date", ambiguous_date: "Ambiguous date",
  date_out_of_range: "Date out of range", no_name: "No name", no_patient: "No patient", unreadable_row: "Unreadable row", outside_scope: "Not for Baton",
};

/** "No date" for `missing_date`. */
export const reasonWord = (code: string): string => reasons[code] ?? code.replaceAll("_", " ");

/** "rows 1, 2 and 3"; long lists are cut. */
export function rowList(records: readonly number[]): string {
  const shown = records.slice(0, 4).map((n) => count(n));
  const rest = records.length - shown.length;
  if (rest > 0) return `rows ${shown.join(", ")} and ${count(rest)} more`;
  if (shown.length === 1) return `row ${shown[0] ?? ""}`;
  return `rows ${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** What is in the file but no data, one line each. */
export function setAside(view: Understood, decided: readonly number[]): string[] {
  const lines: string[] = [];
  if (view.preamble.length > 0) lines.push(`Above the column names: ${rowList(view.preamble)}`);
  if (view.repeatedHeaders.length > 0) lines.push(`Column names again: ${rowList(view.repeatedHeaders)}`);
  if (view.totals.length > 0) lines.push(`Sums: ${rowList(view.totals)}`);
  if (view.footers.length > 0) lines.push(`Headings of groups and footers: ${rowList(view.footers)}`);
  if (decided.length > 0) lines.push(`By your decision: ${rowList(decided)}`);
  if (view.blank > 0) lines.push(counted(view.blank, "empty row", "empty rows"));
  return lines;
}

/** Legal bases of a disclosure, as screens say them. */
export const basisNames = {
  treatment: "Treatment",
  payment: "Payment",
  operations: "Health care operations",
  authorisation: "Authorized by the patient",
  individual: "To the patient",
  other: "Other, e.g. required by law",
} as const;

/** What patients authorise. */
export const purposeNames = {
  treatment: "Exchange with whoever treats them",
  thank_you: "To be named in a thank-you",
  success_story: "That their story is told",
  marketing: "To be written to about more than their care",
} as const;

export const exchangeStrings = {
  title: "Import and export",
  notForRole: "Your role does not import files. An owner of the practice can change that in Settings, Roles.",
  drop: {
    title: "Import a file",
    text: "Drop a spreadsheet here: CSV, TSV or XLSX. Nothing is written before you have seen every row.",
    over: "Let go to read it",
    choose: "Choose a file",
    reading: "Reading the file",
    one: (name: string) => `One file at a time: ${name} is read`,
    another: "Another file",
  },
  waiting: {
    title: "An import waits",
    text: (file: string, rows: number) => `${file}, ${counted(rows, "row", "rows")}. It waits until you lock Baton.`,
    go: "Go on",
    drop: "Let it go",
  },
  recent: {
    title: "Recent imports",
    none: "No file was imported yet.",
    line: (records: number) => counted(records, "record", "records"),
    undone: "taken back",
    undo: "Undo",
    all: "All in history",
    failed: "The imports could not be read.",
  },
  profiles: {
    title: "Saved mappings",
    text: "A file with the same column names is read the same way again.",
    none: "None yet. After an import its columns and words can be kept under a name.",
    remove: (name: string) => `Delete mapping ${name}`,
  },
  export: {
    title: "Export",
    notForRole: "Your role does not export. An owner of the practice can change that in Settings, Roles.",
    register: "Referral register",
    registerText: "Every referral of a period as a table, for Excel or another program.",
    scorecards: "Scorecard workbook",
    scorecardsText: "Summary, one row a partner, a page for each of the strongest, and every measure explained.",
    go: "Export",
    open: "Make a workbook",
  },
  order: {
    registerTitle: "Export the register",
    scorecardsTitle: "Make the scorecard workbook",
    format: "Format",
    excel: "Excel",
    csv: "CSV",
    from: "From",
    to: "To",
    period: "Period",
    everything: "Everything",
    between: "From a day to a day",
    pages: "Partners with a page of their own",
    pagesHint: "The strongest first, at most 50.",
    pagesError: "Give a number from 0 to 50.",
    patients: "Include patients’ names, chart numbers and birth dates",
    patientsHint: "Left out unless the purpose needs them. Each patient’s accounting of disclosures says who received it.",
    recipient: "Recipient",
    recipientPlaceholder: "Who receives the file",
    paperTitle: "Print the list",
    paperPatients: "Print patients’ names and chart numbers",
    paperRecipient: "Who receives the paper",
    paperFoot: (identified: boolean) => (identified ? "Each patient on it has this among their disclosures." : "A token stands for each patient."),
    print: "Print",
    recipientError: "Say who receives it.",
    address: "Recipient’s address",
    basis: "Legal basis",
    basisHint: "Only “Other” has to be told to a patient who asks (45 CFR 164.528).",
    basisError: "Choose the legal basis.",
    authorised: "What they authorized",
    authorisedHint: "Patients without this consent stand in the file without a name.",
    authorisedError: "Choose what the patients authorized.",
    leftOut: (n: number) => `${counted(n, "restricted referral is", "restricted referrals are")} left out`,
    unnamed: (n: number) => `${counted(n, "patient is", "patients are")} not named: no consent`,
    purpose: "Purpose",
    purposePlaceholder: "For example: payer audit, March",
    purposeError: "Say what the names are needed for.",
    fromError: "Give the first day.",
    toError: "Give the last day.",
    orderError: "The last day is before the first. Choose a later last day.",
    foot: (identified: boolean) => (identified ? "The file can identify patients. Keep it where only those who need it can open it." : "No patient can be recognized in the file."),
    cancel: "Cancel",
    save: "Choose where to save",
    registerFile: (from: string | null, to: string | null, ending: string) => (from && to ? `Referrals ${from} to ${to}.${ending}` : `Referrals.${ending}`),
    scorecardsFile: (from: string, to: string) => `Scorecards ${from} to ${to}.xlsx`,
    running: (file: string) => `Writing ${file}`,
    done: (file: string) => `${file} is written`,
    sheet: (name: string, rows: number) => `${name} ${counted(rows, "row", "rows")}`,
    shortened: (n: number) => `${counted(n, "cell was", "cells were")} too long for Excel and end with a mark`,
    cancelled: (file: string) => `${file} was not written`,
    dismiss: "Close",
  },
  wizard: {
    title: "Import",
    close: "Close, keep for later",
    back: "Back",
    next: "Continue",
    nothingYet: "Nothing is written yet. Afterwards one Undo takes the whole import out again.",
    gone: "This import was let go. Choose the file again.",
    working: { reading: "Reading", planning: "Deciding what happens to each row", deciding: "Deciding again", writing: "Writing" },
    stopped: "Stopped. Nothing was written.",
    decisionsReset: "A change here starts the decisions of the preview over.",
  },
  file: {
    heading: "What was understood",
    recognised: (name: string) => `Read as “${name}”, which you saved for files like this.`,
    kind: "One row is",
    referrals: "a referral",
    contacts: "a contact",
    sheet: "Sheet",
    encoding: "Letters are coded as",
    delimiter: "Columns are parted by",
    header: "Row with the column names",
    headerHint: "0 if the table has none.",
    headerError: "Give the number of a row, or 0.",
    decimal: "Amounts are written",
    point: "1,234.50",
    comma: "1.234,50",
    aside: "Not read as data",
    asideNone: "Every row below the column names is data.",
    asideHint: "The preview lists them. Any of them can be taken as a row there.",
    rows: (rows: number) => counted(rows, "row of data", "rows of data"),
    columns: (n: number) => counted(n, "column", "columns"),
    notes: "Worth knowing",
  },
  dates: {
    heading: "Which day is meant?",
    text: (column: string) => `In “${column}” every date fits both ways. 03/04 is:`,
    mdy: "March 4",
    dmy: "April 3",
    waiting: "Say how the dates are read first.",
  },
  columns: {
    column: "Column",
    samples: "In the file",
    becomes: "Becomes",
    sure: "Sure",
    likely: "Likely",
    guess: "A guess",
    none: "",
    denied: "Never imported: Baton does not keep such numbers.",
    order: "Dates are",
    confidence: "How sure",
    becomesOf: (name: string) => `What ${name} becomes`,
    orderOf: (name: string) => `How the dates of ${name} are written`,
    unnamed: (n: number) => `Column ${count(n)}`,
    empty: "empty",
    missing: "A column that is needed is missing.",
    noReferrer: "No row names one",
    noReferrerHint: "Choose the column that names whoever refers. If there is none, each row comes in without a source.",
  },
  words: {
    heading: (field: Field) => wordHeadings[field]?.[0] ?? "Who or what brought the patient",
    text: (field: Field) => wordHeadings[field]?.[1] ?? "Words that are no person and no place become sources such as “Internet search”.",
    word: "In the file",
    times: "Rows",
    means: "Means",
    meansOf: (word: string) => `What ${word} means`,
    undecided: "Choose",
    unknown: (n: number) => `${counted(n, "word is", "words are")} not known; rows with them come in without it.`,
    blank: "empty cell",
  },
  preview: {
    changeColumns: "Change columns",
    filters: "What happens to the rows",
    row: "Row",
    inFile: "In the file",
    happens: "What happens, and why",
    first: "What needs you comes first",
    allOf: (n: number) => `All ${count(n)}`,
    backToAll: "Back to the overview",
    all: "All rows",
    sums: (rows: number) => `${counted(rows, "row", "rows")} in the file`,
    span: (from: string, to: string) => `from ${shortDate(from)} to ${shortDate(to)}`,
    partners: (fresh: number, known: number) => `${counted(fresh, "new partner", "new partners")}, ${count(known)} known`,
    people: (fresh: number, known: number) => `${counted(fresh, "new person", "new people")}, ${count(known)} known`,
    outbound: (n: number) => `${count(n)} sent by us`,
    internal: (n: number) => `${count(n)} within the house`,
    rejects: "Rejected rows to Excel",
    same: "Same",
    samePerson: (name: string) => `Same as ${name}`,
    sameMenu: "Same as one of them",
    another: "Another",
    anyway: "Import",
    leaveOut: "Leave out",
    data: "Take as a row",
    notData: "Not a row",
    takeFile: "Take the file’s",
    keepOurs: "Keep ours",
    putBack: "Put back in",
    importRows: (n: number) => `Import ${counted(n, "row", "rows")}`,
    importAll: "Import",
    nothingNew: "Every row is here already. There is nothing to import.",
    move: "Move",
    decided: "decided",
    newName: "new",
    kept: "ours stays",
    countsFor: (n: number) => `counts for ${counted(n, "row", "rows")}`,
    noSource: "no source named",
    from: (who: string, day: string) => `${who}, ${day}`,
    closeTo: (names: string) => `Close to ${names}`,
    leftOut: "Stays out by your decision",
    asRead: (who: string, day: string) => [who, day === "" ? "" : `“${day}”`].filter((part) => part !== "").join(", "),
    rejectedTitle: (why: string, remedy: string) => `${why} ${remedy}`.trim(),
    noName: "no name",
    failed: "The rows could not be read.",
    retry: "Read them again",
    saved: (file: string) => `Rejected rows written to ${file}`,
    count: (n: number, name: string) => `${name}: ${counted(n, "row", "rows")}`,
    loading: "Rows",
  },
  done: {
    title: (rows: number) => `${counted(rows, "row", "rows")} taken in`,
    nothing: "Nothing had to be written",
    text: (file: string) => `${file} is imported as one step of history.`,
    undone: "This import was taken back. Everything is as before.",
    undo: "Undo the import",
    bringBack: "History",
    register: "Show the referrals",
    close: "Done",
    rows: "Rows of the file",
    referralsNew: "New referrals",
    referralsUpdated: "Changed referrals",
    referralsUnchanged: "Already here",
    outbound: "Sent by us",
    internal: "Within the house",
    contacts: "Contacts",
    partnersNew: "New partners",
    partnersMatched: "Known partners",
    peopleNew: "New people",
    peopleMatched: "Known people",
    rejected: "Rejected, stayed out",
    duplicates: "Possible duplicates, stayed out",
    questions: "Names to look at later",
    keptOurs: "Fields where our word stayed",
    profileTitle: "Next time without questions",
    profileText: "Keep how this file was read. A file with the same column names is then read the same way.",
    profileName: "Name",
    profilePlaceholder: "For example the system it comes from",
    profileSave: "Save mapping",
    profileSaved: (name: string) => `Saved as “${name}”. The next file with these columns is recognized.`,
    rejects: "Rejected rows to Excel",
  },
} as const;

/** Words of what is kept, held, let go and erased. */
import { count, counted, longDate } from "$lib/design";
import type { Block, KeptWhy, RecordKind, SectionKind } from "$lib/ipc/bindings";

export const kindNames: Record<RecordKind, string> = { referral: "Referral", partner: "Partner", person: "Person", patient: "Patient" };
export const sectionNames: Record<SectionKind, string> = {
  identity: "Who it is",
  contact: "How to reach them",
  work: "Where they work",
  spellings: "Other spellings",
  referrals: "Referrals",
  mentions: "Named in notes of other records",
  history: "History",
};

export function whyKept(why: KeptWhy): string {
  switch (why.kind) {
    case "in_trash_until": return `In the trash until ${longDate(why.value)}`;
    case "retained_until": return `Kept until ${longDate(why.value)}`;
    case "held": return `Legal hold: ${why.value}`;
    case "needed": return `${counted(why.value, "record that stays refers", "records that stay refer")} to it`;
  }
}

export function blockText(block: Block): string {
  switch (block.kind) {
    case "held": return `Legal hold: ${block.value}`;
    case "retained_until": return `Records of care are kept until ${longDate(block.value)}.`;
    case "mentioned": return `${counted(block.value, "note", "notes")} of other records hold the name. Change them by hand; erasing leaves them.`;
  }
}

export const retentionStrings = {
  settings: {
    title: "Keeping and letting go",
    text: "Years count from the last change, or the last day of care. Nothing goes by itself: what may go is shown first and approved by an owner.",
    patient: "Referrals and patients",
    patientHint: (state: string) => `Years. State rules differ${state ? ` (${state})` : ""}: verify yours. Federal documentation: 6.`,
    partner: "Partners",
    person: "People at partners",
    years: "Years, 0 to 50.",
    yearsError: "Give whole years from 0 to 50.",
    trash: "Trash",
    trashHint: "Days before something in it may go.",
    trashError: "Give whole days from 1 to 3650.",
    purge: "See what may go",
    inYears: (n: number) => counted(n, "year", "years"),
    inDays: (n: number) => counted(n, "day", "days"),
    failed: "This could not be saved.",
  },
  holds: {
    title: "Legal holds",
    text: "While a hold stands, nothing it covers is let go or erased.",
    none: "Nothing is held.",
    whole: "The whole practice",
    place: "Hold the whole practice",
    placeThis: "Place a legal hold",
    reason: "Why",
    reasonHint: "The matter, without names of patients.",
    reasonMissing: "Say why.",
    go: "Place the hold",
    lift: "Lift",
    liftTitle: (name: string) => `Lift the hold on ${name}`,
    liftGo: "Lift the hold",
    since: (when: string, who: string) => `Since ${when}, ${who}`,
    cancel: "Cancel",
  },
  purge: {
    title: "Let go for good",
    text: "These leave the file and its history for good. That they were here and who let them go stays on record. It can’t be undone.",
    ready: (n: number) => `${counted(n, "record", "records")} may go`,
    kept: (n: number) => `${counted(n, "record stays", "records stay")}`,
    nothing: "Nothing in the trash may go yet.",
    backups: "Backups made before still hold them; delete old backups too.",
    go: (n: number) => `Let ${counted(n, "record", "records")} go`,
    cancel: "Keep everything",
    done: (n: number) => `${counted(n, "record", "records")} let go for good`,
    more: (n: number) => `and ${count(n)} more`,
    failed: "This could not be looked at.",
    open: "Let go for good…",
  },
  held: {
    title: (name: string) => `What is held about ${name}`,
    sub: (kind: string) => kind,
    print: "Print",
    hold: "Legal hold…",
    erase: "Decide on a request to erase…",
    erased: (when: string) => `Erased ${when}. What is left counts without a name.`,
    blocked: "What keeps this from being erased",
    noted: "To know before erasing",
    failed: "This could not be read. Your file is safe.",
    missing: "This record no longer exists.",
    back: "Back",
  },
  erase: {
    title: "A request to erase",
    text: "If it is granted, a token stands where the name stood, in the file and in its history. Contacts, notes and spellings go; dates and counts stay. It can’t be undone.",
    on: "Asked on",
    requester: "Who asked",
    requesterHint: "In which capacity: the person, a representative. No name.",
    requesterMissing: "Say who asked.",
    decision: "Decision",
    granted: "Erase",
    refused: "Refuse",
    reason: "Why",
    reasonMissing: "Say why it is refused.",
    backups: "Backups made before still hold it; delete old backups too.",
    go: "Erase for good",
    goRefused: "Put the refusal on record",
    cancel: "Cancel",
    doneRefused: "Refusal put on record",
  },
} as const;

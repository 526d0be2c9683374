/** Words of the audit log, its reviews, disclosures and of doubt about the history. */
import { count, counted } from "$lib/design";
import type { Basis, Doubt, LogAction, LogResult, LogRow } from "$lib/ipc/bindings";

export const actionNames: Record<LogAction, string> = {
  view: "View", create: "Create", change: "Change", delete: "Delete", export: "Export", print: "Print", letter: "Letter", sign_in: "Sign-in",
  failed_sign_in: "Failed sign-in", right: "Right changed", key: "Key changed", lock: "Lock", backup: "Backup", restore: "Restore", review: "Review", doubt: "Doubt",
};
export const resultNames: Record<LogResult, string> = { done: "Done", failed: "Failed", refused: "Refused" };
export const basisNames: Record<Basis, string> = {
  treatment: "Treatment", payment: "Payment", operations: "Health care operations", authorisation: "Authorized by the patient", individual: "To the patient", other: "Other, e.g. required by law",
};

const kinds: Record<string, string> = { referral: "referral", partner: "patient as partner", person: "patient as person", patient: "disclosures", device: "computer" };
const ways: Record<string, string> = { passphrase: "with the passphrase", keyring: "with this computer’s keyring", recovery: "with the recovery key", passphrase_asked: "when the passphrase was asked again" };
const keys: Record<string, string> = { keyring_on: "Keyring unlock turned on", keyring_off: "Keyring unlock turned off", recovery: "Passphrase set with the recovery key" };
const troubles: Record<string, string> = {
  missing: "The file of failed sign-ins was not there; a copied or restored practice has none",
  changed: "The file of failed sign-ins was changed outside Baton",
  another: "The file of failed sign-ins is not the one Baton left",
  full: "The file of failed sign-ins was full; later tries were not kept",
};

/** What an event was, in a sentence; a change has one in history. */
export function eventSentence(row: LogRow): string {
  const of = row.record?.name ?? "";
  switch (row.code) {
    case "view":
      if (row.detail === "history_entry") return `Entry ${count(row.number ?? 0)} of history opened`;
      return `${of || "A record that is gone"} opened (${kinds[row.record?.kind ?? ""] ?? "record"})`;
    case "look_back":
      return `The practice as of ${row.detail} opened`;
    case "print":
      return `Print of ${row.detail.replaceAll("_", " ") || "a screen"}${of ? `: ${of}` : ""}`;
    case "sign_in":
      return `Unlocked ${ways[row.detail] ?? ""}`.trim();
    case "sign_in_failed":
      return `Tried to unlock ${ways[row.detail] ?? ""}`.trim();
    case "sign_ins_doubtful":
      return troubles[row.detail] ?? "The file of failed sign-ins is in doubt";
    case "key_change":
      return keys[row.detail] ?? "Key changed";
    case "backup":
      return `Backup ${row.detail} made`;
    case "lock":
      return "Locked";
    case "doubt_accepted":
      return `Entry ${count(row.number ?? 0)} acknowledged: it was changed outside Baton`;
    default:
      return [actionNames[row.action], row.detail, of].filter((part) => part !== "").join(" ");
  }
}

export const auditStrings = {
  title: "Audit log",
  detail: "Entry",
  columns: { when: "When", what: "What", who: "Who", action: "Action", result: "Result" },
  filter: {
    from: "From", to: "To", person: "Person", anyone: "Everybody", action: "Action", anything: "Every action", result: "Result", anyResult: "Every result",
    record: "One record only", clear: "Clear all",
  },
  entry: {
    number: (seq: number) => `Entry ${count(seq)}`,
    by: (who: string, when: string) => `${who}, ${when}`,
    device: "Computer", code: "Code", record: "Record", gone: "no longer there",
    only: "Everything about this record", fields: "Before and after in History", open: "Open the record", close: "Close",
  },
  verify: {
    button: "Verify", busy: "Verifying",
    whole: (n: number) => `The log is whole: ${counted(n, "entry", "entries")} in one unbroken chain.`,
    accepted: (list: readonly number[]) => `Changed outside Baton and acknowledged by an owner: entry ${list.map((n) => count(n)).join(", ")}.`,
    broken: (n: number) => `The log does not verify at entry ${count(n)}. Nothing can be signed. Lock the practice and unlock it again; an owner decides.`,
  },
  export: { button: "Export", title: "Export the log", text: "The lines shown now, with a statement of how far the chain verifies and what every word means. No patient’s name is in it.", excel: "Excel", csv: "CSV", format: "Format", save: "Choose where to save", cancel: "Cancel", file: (ending: string) => `Audit log.${ending}`, done: (name: string, rows: number) => `${name} is written: ${counted(rows, "entry", "entries")}` },
  review: {
    button: "Reviews", title: "Reviews",
    due: (months: string) => `Waits for review: ${months}.`,
    none: "No month waits for review.",
    sign: "Sign", from: "From", to: "To", findings: "What you found", placeholder: "Nothing out of the ordinary, or what you looked into",
    hint: "A signed review stays as it is.",
    notAllowed: "An owner or the compliance role signs reviews.",
    signed: "Signed", nobody: "No review was signed yet.",
    done: "Signed",
    entries: (n: number, head: number) => `${counted(n, "entry", "entries")}, verified up to ${count(head)}`,
  },
  failed: "The log could not be read. Your file is safe.",
  retry: "Read it again",
  emptyTitle: "Nothing fits",
  emptyText: "No entry matches these filters.",
  loaded: (n: number, more: boolean) => `${counted(n, "entry", "entries")}${more ? ", older below" : ""}`,
  move: "Move",
  disclosures: {
    title: "Disclosures",
    of: (name: string, chart: string | null) => (chart ? `${name}, chart ${chart}` : name),
    back: "Back to the referral",
    request: "Asked on",
    scope: "Show", told: "What has to be told", all: "Every entry",
    since: (since: string, on: string) => `From ${since} to ${on}, six years (45 CFR 164.528)`,
    accounting: "Accounting of disclosures",
    date: "Date", recipient: "Recipient", address: "Address", what: "What was disclosed", purpose: "Purpose", basis: "Legal basis", sender: "Sent by",
    add: "Put one down", save: "Put it down", correct: "Correct", correctTitle: "Correct a disclosure", addTitle: "Put down a disclosure", reason: "Why it is corrected",
    withdraw: "Nothing was disclosed", keep: "Cancel",
    corrected: "Corrected by a later entry", withdrawn: "Withdrawn: nothing was disclosed", counter: (why: string) => `Corrects an earlier entry: ${why}`,
    sources: { export: "Export", letter: "Letter", hand: "By hand" },
    print: "Print", export: "Excel", file: (name: string) => `Disclosures ${name}.xlsx`,
    choose: "Choose the legal basis.",
    emptyTitle: "Nothing has to be told",
    emptyText: "No disclosure of these six years needs accounting. Exports that name the patient are put down by themselves; what left by telephone, fax or post is put down here.",
    written: (name: string) => `${name} is written`,
  },
  doubt: {
    title: "The history of this practice is in doubt",
    head_ahead: "The newest entries are missing. The database is older than what Baton knew of it: a copy of another day, or a disk that lost its last writes.",
    history_broken: (entry: number) => `Entry ${count(entry)} was changed outside Baton.`,
    missing: (known: number, found: number) => `Known up to entry ${count(known)}, found ${count(found)}.`,
    looking: "You can look at everything; nothing can be changed until an owner decides.",
    decide: "Decide",
    decideTitle: "Go on with this file",
    decideText: "What is missing or was changed stays so. Restore the newest backup instead if that one is whole. Your name and what you write here go into the log for good.",
    explanation: "What happened, or why you go on",
    accept: "Go on and put it on record",
    leave: "Only look for now",
    owner: "Ask an owner to unlock and decide.",
  },
} as const;

/** What is in doubt, in a sentence. */
export function doubtSentence(doubt: Doubt): string {
  const words = auditStrings.doubt;
  return doubt.kind === "head_ahead" ? `${words.head_ahead} ${words.missing(doubt.known, doubt.found)}` : words.history_broken(doubt.entry);
}

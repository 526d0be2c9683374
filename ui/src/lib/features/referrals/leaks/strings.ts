/** Words of the leaks: where referrals are being lost, and what is done about it. */
import { count, counted } from "$lib/design";
import type { LeakKind } from "$lib/ipc/bindings";

/** How a referral leaks, as a head of its group. */
export const kindNames: Record<LeakKind, string> = {
  lost_contact: "The patient can’t be reached", no_show: "Missed the visit, no other agreed", no_report: "The report is missing",
  overdue_step: "A step is overdue", went_elsewhere: "Went elsewhere",
};
/** The same beside a name. */
export const kindShort: Record<LeakKind, string> = {
  lost_contact: "Lost contact", no_show: "No-show", no_report: "No report", overdue_step: "Step overdue", went_elsewhere: "Went elsewhere",
};

/** What is tried first. */
export const remedies = {
  lostContact: "Try once more, another way",
  noShow: "Call and offer two dates",
  sendReport: "Send our report",
  askReport: "Call and ask for their report",
  elsewhere: "Ask why, and whether we can help",
} as const;

export const leakStrings = {
  title: "Leaks",
  sub: "where a baton is on the floor",
  views: { all: "All", untouched: "Nothing tried", tried: "Being tried", gone: "Went elsewhere" },
  patient: "Patient",
  partner: "Partner",
  waits: "Waits for",
  since: "Since",
  reason: "Reason",
  act: "Recover",
  noReason: "not said",
  nowhere: "closed",
  days: (n: number) => `${count(n)} d`,
  sinceDays: (n: number) => (n === 0 ? "since today" : `for ${counted(n, "day", "days")}`),
  recover: "Recover",
  kept: "It goes on",
  givenUp: "Given up",
  goesOn: (day: string) => `goes on, ${day}`,
  by: (what: string, day: string) => `${what}, by ${day}`,
  tried: "What is tried",
  triedHint: "One sentence: who does what",
  due: "By",
  dueHint: "Empty: the next working day",
  words: "In their words",
  outcome: "What came of it",
  recoveredOn: (day: string) => `Put down as recovered on ${day}. It leaves this list when its step is done.`,
  detail: "Leak",
  back: "Back to the list",
  openPage: "Open as a page",
  held: (name: string) => `${name} has it`,
  heldLast: (name: string) => `${name} had it`,
  reasons: "Reasons",
  reasonsTitle: "Reasons a referral is lost",
  reasonsText: "Short and without blame. What is on record keeps its reason when the words change.",
  reasonOf: (n: number) => `Reason ${n}`,
  reasonRemove: (text: string) => `Remove “${text}”`,
  reasonAdd: "Add a reason",
  reasonsUsual: "Back to the usual list",
  reasonMissing: "Say it in a few words, or remove it.",
  reasonTwice: "This reason is on the list already.",
  save: "Save",
  cancel: "Leave it",
  report: "Leak report",
  count: (n: number, late: number) => `${counted(n, "leak", "leaks")}, ${counted(late, "late step", "late steps")} in all`,
  cut: (n: number) => `the first ${count(n)} of each kind`,
  move: "Move",
  open: "Open",
  emptyTitle: "Nothing leaks",
  emptyText: "No step is later than its limit and grace, every missed visit has a new date, every report is there, and nobody was lost in the last 90 days. This is what good looks like.",
  emptyHint: "What leaked before, and why, stands in the leak report.",
  nothingTitle: "Nothing here",
  nothingText: "No leak of this kind now.",
  failed: "The leaks could not be read. Your file is safe.",
  retry: "Read them again",
} as const;

export const reminderStrings = {
  open: "Ask for missing reports",
  title: "Missing reports",
  text: "A letter once limit and grace have passed, another two weeks later, then a call. A patient is named only to whoever treats them or where they agreed. What was sent stands beside each leak.",
  owes: (n: number, since: string) => `${counted(n, "report", "reports")} missing, the oldest late since ${since}.`,
  steps: { waits: "Nothing to do now: something is being tried.", first: "A letter is due.", second: "A second letter is due.", call: "Two letters had no answer: call." },
  call: "Put down a call",
  called: (name: string) => `A call to ${name} is a task for the next working day.`,
  file: (day: string) => `Reminders of reports ${day}`,
  saved: (n: number, file: string) => `${counted(n, "letter", "letters")} written to ${file}.`,
  save: (n: number) => (n === 0 ? "Write letters" : `Write ${counted(n, "letter", "letters")}`),
  format: "As",
  empty: "No report is missing",
  emptyText: "Partners appear here when a report of theirs is later than its limit and grace.",
  failed: "The missing reports could not be read. Your file is safe.",
  close: "Close",
} as const;

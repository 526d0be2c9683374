/** Words of status letters. */
import type { StatusMoment } from "$lib/ipc/bindings";

export const momentNames: Record<StatusMoment, string> = { received: "Received", scheduled: "Scheduled", seen: "Seen", outcome: "Outcome", returned: "Returned" };

export const statusStrings = {
  open: "Status letter",
  title: "Status letter",
  to: (names: string) => `To ${names}`,
  moment: "Where the patient is",
  notYet: (name: string) => `${name} (not yet on record)`,
  halves: "A status letter thanks them and tells how the patient is getting on. With one half missing it does not leave.",
  thanks: "Thanks, in your own words",
  thanksHint: "At least 20 characters.",
  journey: "How the patient is getting on",
  deidentified: "Leave out who the patient is",
  deidentifiedHint: "No name, no day, no number: 45 CFR 164.514(b)(2). A year alone may stay.",
  as: "As",
  pdf: "PDF",
  word: "Word",
  save: "Choose where to save",
  print: "Print",
  close: "Close",
  saved: (file: string) => `${file} is written`,
  printed: "Handed to the printer",
  foot: "With the patient’s name it is a disclosure and goes on record.",
  footBare: "It goes on record as a letter; nobody can be recognized in it.",
  mark: "Mark the thanks as sent",
  marked: "Thanks are marked as sent.",
  file: (day: string) => `Status letter ${day}`,
} as const;

/** Words of finding help for a patient. */
import { count, counted, shortDate } from "$lib/design";
import type { Gender, HelpWarning, IssueCategory, WhyOut, WishKind, WishMet } from "$lib/ipc/bindings";

export const genderNames: Record<Gender, string> = { female: "A woman", male: "A man", other: "Somebody who is neither" };
export const wishNames: Record<WishKind, string> = {
  language: "Language", gender: "Who they see", distance: "Distance", cost: "Cost", insurance: "Insurance", technology: "Technology", contact_time: "Contact time", need: "Need",
};
export const metNames: Record<WishMet, string> = { yes: "met", no: "not met", unknown: "not known" };
export const categoryNames: Record<IssueCategory, string> = {
  access: "Getting a visit", continuity: "Going on with the care", communication: "Communication", clinical: "Care", billing: "Billing", other: "Other",
};
export const severityNames: Record<"1" | "2" | "3", string> = { "1": "Small", "2": "Middling", "3": "Grave" };

/** "Refuses Acme Health". */
export function outText(why: WhyOut): string {
  switch (why.kind) {
    case "do_not_use":
      return `Not to be used: ${why.text}`;
    case "not_suited_for":
      return `Not suited for ${why.text}`;
    case "insurance_refused":
      return `Refuses ${why.text}`;
    case "ended":
      return `The relationship ended ${shortDate(why.text)}`;
  }
}

export function warningText(warning: HelpWarning): string {
  if (warning.kind === "low_help") return `Patients said it helped little: ${(warning.mean ?? 0).toFixed(1)} of 10, n = ${count(warning.n)}.`;
  const grave = warning.severity >= 3 ? "Grave concern" : "Open concern";
  return `${grave} since ${shortDate(warning.openedOn)}, ${categoryNames[warning.category].toLocaleLowerCase()}: ${warning.what}`;
}

export const helpStrings = {
  title: "Find help for a patient",
  of: (patient: string) => `for ${patient}`,
  back: "Back",
  views: { find: "Find", ask: "Ask whether it helped" },
  problem: "What does the patient need help with?",
  problemHint: "A problem, a specialty, a procedure",
  problemMissing: "Say what the patient needs help with.",
  prefers: "What the patient prefers",
  prefersHint: "Only what is filled in counts. The star makes one count double.",
  language: "Language",
  gender: "Who they see",
  anybody: "Anybody",
  distance: "Up to so many miles from us",
  cost: "Cost",
  costHint: "Payment plan, sliding scale",
  insurance: "Insurance",
  technology: "Technology",
  technologyHint: "Video visits, patient portal",
  contactTime: "Contact time",
  contactTimeHint: "Mornings, Saturdays",
  needs: "Needs",
  needsHint: "Parted by commas: step-free access, an interpreter",
  double: (what: string) => `${what} counts double`,
  find: "Find",
  clear: "Start empty",
  loadFailed: "Partners could not be searched. Your file is safe.",
  principle: "The patient’s need and choice decide. Nobody stands higher for sending us patients or for what they bring in.",
  results: "Partners who suit",
  suiting: (n: number) => counted(n, "partner suits", "partners suit"),
  shownOf: (n: number) => `the best ${count(n)} are shown`,
  startTitle: "Whom could this patient see?",
  startText: "Say what the patient needs and prefers. Partners who suit are listed with every preference explained, so that the patient can choose.",
  noneTitle: "No partner suits",
  noneText: "Nobody on record helps with this. Look at what could be relaxed below, or note on a partner what it helps with.",
  relaxTitle: "What could be relaxed",
  relax: (kind: WishKind, n: number) => `Without the ${wishNames[kind].toLocaleLowerCase()}: ${counted(n, "partner meets", "partners meet")} everything else`,
  letGo: "Let go",
  problems: "Problems on record",
  leftOut: "Left out",
  score: "Match",
  scoreText: "Weight of the preferences that are met, of the weight of all that were stated. What is not known is not met.",
  points: (score: number) => `${count(score)} of 100`,
  noScore: "Nothing preferred",
  met: (met: number, stated: number) => `${count(met)} of ${count(stated)} met`,
  whyRecorded: (what: string) => `Helps with ${what}`,
  whyTrade: (what: string) => `By trade: ${what}`,
  help: (mean: number, n: number) => `Helped ${mean.toFixed(1)} of 10, n = ${count(n)}`,
  helpFew: (n: number) => `Asked ${counted(n, "patient", "patients")}, too few for a mean`,
  notSuited: (what: string) => `Not suited for ${what}`,
  onList: (name: string) => `${name} on the list`,
  open: "Open partner",
  facts: "What is known",
  reason: "Why it is on the list all the same",
  reasonMissing: "Say why this partner is on the list all the same.",
  patient: "Patient",
  patientHint: "Name or token",
  chosen: (n: number) => counted(n, "partner on the list", "partners on the list"),
  chooseTwo: "Choose at least two, so that the patient has a choice.",
  give: "Record and print the list",
  given: (patient: string) => `List for ${patient} is on record`,
  givenPlain: "The list is on record",
  move: "Move",
  choose: "Choose",
  recorded: (names: readonly string[]) => names.join(", "),
  paper: {
    title: "Where you can find help",
    asked: (problem: string) => `For: ${problem}`,
    choice: "The choice is yours. You can go to any of these, or to anybody else. We do not earn anything by your choice.",
    columns: { good: "Good to know" },
    askUs: "Ask us how to reach them.",
    visit: "My appointment:",
    questions: (phone: string) => `Questions? Call us: ${phone}`,
    speaks: (languages: string) => `Speaks ${languages}`,
    takes: (insurances: string) => `Takes ${insurances}`,
    far: (miles: string) => `About ${miles} miles from us`,
    later: "We will ask you in about two weeks whether it helped.",
  },
  ask: {
    title: "Whether it helped",
    none: "Nobody to ask",
    noneText: "Lists that patients took along come here two weeks later, with one question: did it help?",
    patient: "Patient",
    given: "Given",
    choices: "Partners on the list",
    askOn: "Ask on",
    late: "due",
    put: "Put down the answer",
    dialog: (patient: string) => `What did ${patient} say?`,
    contacted: "Did they get in touch with one of the list?",
    yes: "Yes",
    no: "No",
    whom: "With whom",
    whomMissing: "Say whom the patient got in touch with.",
    helped: "Did it help? 0 to 10",
    helpedHint: "0 not at all, 10 entirely; empty where they would rather not say",
    on: "Asked on",
    save: "Save",
    cancel: "Cancel",
    answered: (contacted: boolean, whom: string, helped: number | null) => (contacted ? `Went to ${whom}${helped === null ? "" : `, helped ${helped} of 10`}` : "Did not get in touch"),
    waiting: (day: string) => `Ask on ${day}`,
    loadFailed: "The lists could not be read. Your file is safe.",
  },
  strengths: {
    title: (name: string) => `What ${name} is good for`,
    titlePlain: "What it is good for",
    list: "One a line",
    helpsWith: "Helps with",
    helpsWithHint: "Problems, procedures; one a line",
    notSuitedFor: "Not suited for",
    languages: "Languages",
    genders: "Who sees patients there",
    costs: "Ways to pay",
    insurances: "Insurances they take",
    noInsurances: "Insurances they refuse",
    technologies: "Technologies",
    contactTimes: "Contact times",
    needs: "Needs they meet",
    distance: "Miles from us",
    doNotUse: "Do not use, because",
    doNotUseHint: "Left empty: patients may be sent there",
    save: "Save",
    cancel: "Cancel",
    loadFailed: "This partner could not be read. Your file is safe.",
    concerns: "Concerns",
    noConcerns: "None is open or was settled.",
    open: "Open a concern",
    category: "About",
    severity: "How grave",
    what: "What it is, without a patient’s name",
    openedOn: "Since",
    settle: "Settle",
    resolution: "How it was settled",
    settled: (day: string, how: string) => `Settled ${day}: ${how}`,
    since: (day: string) => `since ${day}`,
  },
  badMiles: "Give the miles as a number, such as 10.",
  badRating: "Give a whole number from 0 to 10.",
  hands: { none: "No list was given yet", title: "Lists to choose from", prefers: "Prefers", find: "Find help" },
} as const;

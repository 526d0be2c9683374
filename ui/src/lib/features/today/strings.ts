/** Words of the Today screen. */
import { appLocale, count, counted } from "$lib/design";

const plus = (n: number, exact: boolean) => `${count(n)}${exact ? "" : "+"}`;

/** "October 2026" of a day. */
function month(day: string): string {
  const [year = 0, number = 1] = day.split("-").map(Number);
  return new Intl.DateTimeFormat(appLocale, { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 1));
}

export const todayStrings = {
  title: "Today",
  care: "Call about a visit that went badly",
  call: "Followed up",
  rated: (n: number) => `experience ${n} of 10`,
  visitOn: (day: string) => `visit ${day}`,
  offers: "Offered to you",
  late: "Batons that are late",
  notAsked: "Nobody asked who sent them",
  visits: "Visits to confirm",
  openLong: "Open without a day",
  news: "New since yesterday",
  quiet: "Gone quiet",
  count: plus,
  week: (n: number, exact: boolean) => `${plus(n, exact)} this week`,
  ask: "Say who sent them",
  seen: "Seen",
  noShow: "No-show",
  see: "Look",
  accept: "Accept",
  decline: "Decline",
  goOn: "Go on",
  lateBy: (days: number) => `${count(days)} d late`,
  given: (day: string) => `since ${day}`,
  heldBy: (step: string, holder: string) => `${step}, ${holder}`,
  offeredBy: (step: string, giver: string) => `${step}, from ${giver}`,
  allBatons: (n: string) => `All ${n} among the batons`,
  setDay: "Set a day",
  more: (n: string) => `All ${n} in the register`,
  openFor: (days: number) => `${counted(days, "day", "days")} open`,
  receivedOn: (day: string) => `received ${day}`,
  quietDays: (days: number) => `Quiet for ${counted(days, "day", "days")}`,
  usually: (usual: number) => `unusual after ${usual}`,
  quietBasis: (n: number, last: string) => `${counted(n, "referral", "referrals")} in 365 days, the last on ${last}`,
  nobody: "nobody named",
  nothingTitle: "Nothing waits",
  nothingText: "Every patient was asked who sent them, every visit is confirmed and nothing is open for long.",
  emptyTitle: "Your morning begins here",
  emptyText: "People to thank, visits to confirm and partners who went quiet gather here as soon as referrals are on record.",
  emptyHint: "Last year’s patient list with a “referred by” column is enough to start. You see every row before anything is written, and one Undo takes it all out again.",
  importFile: "Import a spreadsheet",
  newReferral: "New referral",
  review: (first: string, months: number) =>
    months < 2 ? `The audit review for ${month(first)} is due.` : `Audit reviews are due since ${month(first)}: ${counted(months, "month", "months")}.`,
  reviewOpen: "Open the log",
  failed: "Today could not be read. Your file is safe.",
  retry: "Read it again",
  keys: { move: "Move", open: "Open", find: "Find or do", all: "All keys" },
} as const;

/** Words of the yearly check that gifts do not follow referrals. For whoever approves gifts. */
import { counted } from "$lib/design";
import type { IndependenceVerdict } from "$lib/ipc/bindings";

export const independenceStrings = {
  title: "Gifts and referrals",
  year: "Calendar year",
  failed: "The check could not be read.",
  verdicts: {
    too_few: { title: "Too few to say anything", text: "From five physicians or five gifts on there is something to compare." },
    nothing_found: { title: "Nothing says that gifts follow referrals", text: "That is no proof that they don’t. Keep this with the register of the year." },
    look_closer: { title: "Look closer", text: "Gifts follow referrals more than chance would have it. Go through the ledger of the year with counsel." },
  } satisfies Record<IndependenceVerdict, { title: string; text: string }>,
  rho: { title: "Value given and patients sent", text: "Spearman’s rank correlation of the value given in the calendar year and the inbound count, of physicians with any of either; from five on. Flagged if it is above 0 and the chance of one that high is under 5 %." },
  soon: { title: "Given soon after somebody came", text: "Gifts given within 14 days after somebody came from the same person, of all gifts. Expected by chance: the mean of 15 × that person’s days with an arrival ÷ 365, at most 1. Flagged from five gifts on, if more than twice the expected." },
  physicians: (n: number) => counted(n, "physician", "physicians"),
  gifts: (n: number) => counted(n, "gift", "gifts"),
  chance: (p: number, n: number) => `chance ${(p * 100).toFixed(1)} %, ${counted(n, "physician", "physicians")}`,
  expected: (percent: number) => `${percent.toFixed(1)} % by chance`,
  noPairs: "No person’s gifts and referrals stand beside each other, here or anywhere.",
  notAdvice: "Not legal advice. 42 CFR 411.357(k); 42 USC 1320a-7b(b).",
} as const;

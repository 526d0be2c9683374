/** What the settings hold, in the order of their index, and who finds it there. */
import { settingsStrings } from "./strings";

export const groups = ["you", "practice", "referrals", "safety", "about"] as const;
export type Group = (typeof groups)[number];
export type SectionId = keyof typeof settingsStrings.sections;
export interface Section { id: SectionId; group: Group; label: string }

/** What decides which sections are there. */
export interface Whose {
  owner: boolean;
  /** In the sample practice nobody has a key of their own. */
  sample: boolean;
  manages: boolean;
  audits: boolean;
  /** Sees how the practice is set up. */
  seesSetup: boolean;
  seesReferrals: boolean;
  /** Sees what may be given. */
  seesGifts: boolean;
  /** Sees who was in touch with whom. */
  seesTouches: boolean;
}

const all: readonly { id: SectionId; group: Group; when?: (whose: Whose) => boolean }[] = [
  { id: "computer", group: "you" },
  { id: "passphrase", group: "you" },
  { id: "practice", group: "practice" },
  { id: "people", group: "practice", when: ({ owner }) => owner },
  { id: "roles", group: "practice", when: ({ manages }) => manages },
  { id: "gifts", group: "practice", when: ({ seesGifts }) => seesGifts },
  { id: "touches", group: "practice", when: ({ seesTouches }) => seesTouches },
  { id: "ways", group: "practice", when: ({ sample }) => !sample },
  { id: "days", group: "referrals" },
  { id: "paths", group: "referrals", when: ({ seesReferrals }) => seesReferrals },
  { id: "absences", group: "referrals", when: ({ seesReferrals }) => seesReferrals },
  { id: "leaks", group: "referrals", when: ({ seesReferrals }) => seesReferrals },
  { id: "backup", group: "safety" },
  { id: "check", group: "safety" },
  { id: "earlier", group: "safety" },
  { id: "log", group: "safety", when: ({ audits }) => audits },
  { id: "keeping", group: "safety", when: ({ seesSetup }) => seesSetup },
  { id: "about", group: "about" },
];

export function sectionsFor(whose: Whose): readonly Section[] {
  return all.filter(({ when }) => when?.(whose) ?? true).map(({ id, group }) => ({ id, group, label: settingsStrings.sections[id] }));
}

export const sectionHref = (id: SectionId) => `#/settings/${id}`;

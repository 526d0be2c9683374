/** Words of what roles may do. */
import type { Hidden, Level, Rights } from "$lib/ipc/bindings";

export const levelNames: Record<Level, string> = { none: "Nothing", read: "See", write: "Change", approve: "Approve" };

export const areaNames = {
  network: "Partners and people",
  referrals: "Referrals",
  insights: "Scorecards",
  exchange: "Imports",
  history: "History",
  vault: "Settings",
} as const;

export type AreaName = keyof typeof areaNames;
export const areas = Object.keys(areaNames) as AreaName[];

export const hiddenNames: Record<keyof Hidden, string> = {
  patients: "Who patients are",
  reason: "Why they were referred",
  money: "Amounts",
};
export const hideable = Object.keys(hiddenNames) as (keyof Hidden)[];

const listed = new Intl.ListFormat("en-US", { style: "long", type: "conjunction" });
const lower = (names: readonly string[]) => listed.format(names.map((name) => name.charAt(0).toLocaleLowerCase() + name.slice(1)));

/** "Changes partners and people; sees referrals. Hidden: amounts. No export." */
export function summary(rights: Rights): string {
  const at = (...levels: Level[]) => areas.filter((area) => levels.includes(rights[area])).map((area) => areaNames[area]);
  const hidden = hideable.filter((field) => rights.hidden[field]).map((field) => hiddenNames[field]);
  const does = [
    ...(at("approve").length > 0 ? [`approves ${lower(at("approve"))}`] : []),
    ...(at("write").length > 0 ? [`changes ${lower(at("write"))}`] : []),
    ...(at("read").length > 0 ? [`sees ${lower(at("read"))}`] : []),
  ].join("; ");
  return [
    `${does === "" ? "Sees nothing" : does.charAt(0).toLocaleUpperCase() + does.slice(1)}.`,
    ...(hidden.length > 0 ? [`Hidden: ${lower(hidden)}.`] : []),
    rights.export ? "Exports." : "No export.",
  ].join(" ");
}

export const rightsStrings = {
  title: "Roles",
  text: "What each role may do and see. A change holds at once, also for whoever is at work.",
  owner: "Everything. Owners look after profiles, roles and keys; that can’t be taken away.",
  changed: "Changed",
  areas: "Rooms",
  levels: "See: look. Change: look and change. Approve: also release what needs a second person.",
  hidden: "Hidden",
  hiddenHint: "Hidden values are not in lists, search, history or files. A token such as “Patient 7F3A” stands for a name.",
  export: "May export spreadsheets",
  exportHint: "A file leaves the lock behind. Patients go along only if the role sees them.",
  reset: "Back to default",
  failed: "What the roles may do could not be read.",
  retry: "Try again",
} as const;

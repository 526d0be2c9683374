/** Words of what roles may do. */
import type { Hidden, Level, Rights, Scope } from "$lib/ipc/bindings";

export const levelNames: Record<Level, string> = { none: "Nothing", read: "See", write: "Change", approve: "Approve" };

export const areaNames = {
  network: "Partners and people",
  referrals: "Referrals",
  gratitude: "Thanks and gifts",
  outreach: "Outreach and visits",
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

export const scopeNames: Record<Scope, string> = { all: "Everybody’s", team: "Their team’s", own: "Their own" };
export const scopes = ["all", "team", "own"] as const;

/** What “Approve” lets a role do beyond changing, room by room. The rooms that are not here know no more than “Change”. */
export const approves: Partial<Record<AreaName, string>> = {
  network: "take back what others changed in partners and people",
  referrals: "take back what others changed in referrals",
  gratitude: "approve gifts, set their limits and sign their year",
  exchange: "take back what others imported",
  history: "read the audit log, sign it off and take it out",
  vault: "set how long things are kept, place and lift holds, purge and erase",
};

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
    ...(rights.scope === "all" ? [] : [rights.scope === "own" ? "Only their own records." : "Only their team’s records."]),
    ...(hidden.length > 0 ? [`Hidden: ${lower(hidden)}.`] : []),
    rights.export ? "Exports." : "No export.",
  ].join(" ");
}

export const rightsStrings = {
  title: "Roles",
  text: "What each role may do and see. A change holds at once, also for whoever is at work.",
  owner: "Everything. Owners look after profiles, roles and keys, and keep the history and the log; that can’t be taken away.",
  changed: "Changed",
  areas: "Rooms",
  levels: "See: look. Change: look and change. Approve: also release what needs a second person:",
  scope: "Whose records",
  scopeHint: "Partners count by who looks after them, or by who recorded them while nobody does; referrals by their partner or by who took them. A team is everybody with the same role. Importing, the audit log and answers to patients take everybody’s.",
  hidden: "Hidden",
  hiddenHint: "Hidden values are not in lists, search, history or files. A token such as “Patient 7F3A” stands for a name.",
  export: "May export spreadsheets",
  exportHint: "A file leaves the lock behind. Patients go along only if the role sees them.",
  reset: "Back to default",
  failed: "What the roles may do could not be read.",
  retry: "Try again",
} as const;

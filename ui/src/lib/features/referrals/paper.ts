/** The register on paper: what was chosen, in words, and each row in plain text. */
import { count, fieldDate } from "$lib/design";
import type { RegisterRow } from "$lib/ipc/bindings";
import { countryName } from "./countries";
import { dayOf, otherSideText } from "./parties";
import type { RegisterFilter } from "./registerView.svelte";
import { classNames, directionNames, presetNames, referralStrings, stateNames } from "./strings";

const words = referralStrings.paper;

export const paperColumns = [
  { label: words.received, width: "11%" },
  { label: words.patient, width: "18%" },
  { label: words.from, width: "24%" },
  { label: words.reason, width: "14%" },
  { label: words.service, width: "13%" },
  { label: words.state, width: "10%" },
  { label: words.date, width: "10%" },
] as const;

/** One row as it stands on paper. */
export function paperRow(row: RegisterRow): string[] {
  const way = row.direction === "inbound" ? "" : `${directionNames[row.direction]}: `;
  const patient = [row.patient, row.chartNumber].filter((part) => part !== null && part !== "").join(", ");
  const day = dayOf(row);
  return [fieldDate(row.receivedOn), patient || "—", `${way}${otherSideText(row)}`, row.reason ?? "", row.serviceLine ?? "", stateNames[row.state], day ? fieldDate(day) : ""];
}

/** What was chosen, one line each: the period always, the rest where something is. What may name a patient is not on a paper without names. */
export function paperLines(filter: RegisterFilter, rows: readonly RegisterRow[], cut: boolean, named: boolean): string[] {
  const sides = rows.flatMap(({ from, to }) => [from, to]);
  const partner = filter.partner && (named ? filter.partner.name : (sides.find((side) => side.partner === filter.partner?.id)?.partnerName ?? words.onePartner));
  const own = [filter.from ? words.since(fieldDate(filter.from)) : "", filter.to ? words.until(fieldDate(filter.to)) : ""].filter((part) => part !== "").join(" ");
  const period = filter.period === "own" ? own : filter.period === "" ? "" : presetNames[filter.period];
  const chosen = [
    filter.direction === "" ? "" : directionNames[filter.direction],
    filter.states.map((state) => stateNames[state]).join(" or "),
    filter.classes.map((one) => classNames[one]).join(" or "),
    partner ?? "",
    filter.diagnosisGroup,
    filter.country === "" ? "" : countryName(filter.country),
    filter.text.trim() === "" ? "" : named ? words.text(filter.text.trim()) : words.searched,
  ].filter((part) => part !== "");
  return [
    words.period(period || words.anyTime),
    ...(chosen.length > 0 ? [words.filter(chosen.join("; "))] : []),
    cut ? words.cut(count(rows.length)) : words.rows(rows.length),
  ];
}

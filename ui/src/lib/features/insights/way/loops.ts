/** The loop report in rows, for the screen and for paper. */
import type { Direction, LoopReport, Ratio, Spread } from "$lib/ipc/bindings";
import { decimal } from "../measures";
import { insightsStrings } from "../strings";
import { spreadText } from "./model";
import { wayDefinitions as means, wayStrings } from "./strings";

const words = wayStrings.loops;

export const loopFigures = (report: LoopReport): { label: string; text: string; ratio: Ratio }[] => [
  { label: words.complete, text: means.loopComplete, ratio: report.loopComplete },
  { label: words.seen, text: means.loopSeen, ratio: report.loopSeen },
  { label: words.thanked, text: means.loopThanked, ratio: report.loopThanked },
  { label: words.acknowledged, text: means.ackOnTime, ratio: report.ackOnTime },
  { label: words.reported, text: means.reportOnTime, ratio: report.reportOnTime },
  { label: words.returned, text: means.returnRate, ratio: report.returnRate },
  { label: words.homeDoctor, text: means.homeDoctor, ratio: report.homeDoctorShare },
];

const caution = (n: number) => (n === 0 ? null : n < 5 ? insightsStrings.tooFew : n < 20 ? insightsStrings.few : null);

/** As the paths go; stages of the practice's own come last. */
const order = ["acknowledged", "packet_sent", "confirmed", "contacted", "scheduled", "rebooked", "seen", "report_sent", "report_received", "returned", "patient_asked", "closed"];
const sides: readonly Direction[] = ["inbound", "outbound"];
const placeOf = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);

/** Each step with how long it takes, and how long those wait that are not done. */
export function paceRows(report: LoopReport, nameOf: (code: string) => string) {
  return [...report.responseTime].sort((one, other) => sides.indexOf(one.direction) - sides.indexOf(other.direction) || placeOf(one.code) - placeOf(other.code)).map((pace) => {
    const say = (n: string) => words.daysValue(n, wayStrings.unit[pace.unit]);
    return {
      // A stage can stand on both paths, and its limit be counted in other days since a path was changed.
      key: `${pace.direction} ${pace.code} ${pace.unit}`,
      name: nameOf(pace.code),
      way: wayStrings.directions[pace.direction],
      taken: spreadText(pace.taken, say),
      n: pace.taken.n,
      caution: caution(pace.taken.n),
      waiting: words.waitingOf(pace.waiting.median === null ? "—" : say(decimal(pace.waiting.median)), pace.waiting.n),
    };
  });
}

export function waitRows(report: LoopReport) {
  const row = (label: string, text: string, spread: Spread, say: (n: string) => string) => {
    const told = spreadText(spread, say);
    const more = spread.n === 0 ? words.unknown : [told.nine === "—" ? null : `${words.nineOfTen} ${told.nine}`, told.note].filter((part) => part).join(", ");
    return { label, text, told, more };
  };
  return [
    row(words.firstAnswer, means.firstAnswer, report.firstAnswer, words.minutes),
    row(words.waitDays, means.waitDays, report.waitDays, (n) => words.daysValue(n, wayStrings.unit.d)),
    row(words.waitMinutes, means.waitMinutes, report.waitMinutes, words.minutes),
  ];
}

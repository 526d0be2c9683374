/** The care report in blocks, for the screen and for paper. */
import type { CareReport, Ratio } from "$lib/ipc/bindings";
import { decimal } from "../measures";
import { headline, meanText, percentText } from "./model";
import { wayDefinitions as means, wayStrings } from "./strings";
import { insightsStrings } from "../strings";

export interface CareMeasure { label: string; text: string; value: string; note: string }
export interface CareBlock { title: string; measures: CareMeasure[] }

const words = wayStrings.care;

const share = (label: string, text: string, ratio: Ratio): CareMeasure => ({ label, text, ...headline(ratio) });

function satisfaction({ satisfaction: told }: CareReport): CareMeasure {
  const one = { label: words.satisfaction, text: means.satisfaction };
  const n = wayStrings.nOf(told.n);
  if (told.n === 0) return { ...one, value: "—", note: "" };
  if (told.percent === null) return { ...one, value: "—", note: `${n}, ${insightsStrings.tooFew}` };
  const quarter = told.lowQuarter === null ? null : words.lowQuarter(decimal(told.lowQuarter));
  return { ...one, value: percentText(told.percent), note: [n, told.n < 20 ? insightsStrings.few : null, quarter].filter((part) => part).join(", ") };
}

export function careBlocks(report: CareReport): CareBlock[] {
  return [
    { title: words.prepared, measures: [{ label: words.prequal, text: means.prequal, ...meanText(report.prequal) }, share(words.documents, means.documents, report.missingDocuments)] },
    { title: words.outcome, measures: [{ label: words.needsMet, text: means.needsMet, ...meanText(report.needsMet) }, share(words.allParties, means.allParties, report.allPartiesServed), share(words.transfer, means.transfer, report.secondOpinionTransfer)] },
    { title: words.plan, measures: [share(words.accepted, means.accepted, report.followThrough.accepted), share(words.followed, means.followed, report.followThrough.followed), share(words.completed, means.completed, report.followThrough.completed)] },
    { title: words.experience, measures: [satisfaction(report), share(words.helped, means.helped, report.helpRate.helped), share(words.contacted, means.contacted, report.helpRate.contacted)] },
  ];
}

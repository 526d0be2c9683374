import { describe, expect, it } from "vitest";
import type { CareReport, LoopReport, MeanPercent, Ratio, Spread } from "$lib/ipc/bindings";
import { careBlocks } from "./care";
import { loopFigures, paceRows, waitRows } from "./loops";
import { headline, meanText, readTarget, shareText, spreadText } from "./model";

const ratio = (a: number, b: number): Ratio => ({ a, b, percent: b < 5 ? null : (100 * a) / b, low: null, high: null, size: b === 0 ? "none" : b < 5 ? "too_few" : b < 20 ? "few" : "enough" });
const spread = (n: number, median: number | null = null, p90: number | null = null): Spread => ({ n, median, p90 });
const mean = (n: number, percent: number | null = null): MeanPercent => ({ n, percent });

describe("figures of a report", () => {
  it("lead with the percentage only where there are five cases, and always say of how many", () => {
    expect([headline(ratio(3, 12)), headline(ratio(3, 4)), headline(ratio(0, 0)), headline(ratio(50, 200))]).toEqual([
      { value: "25.0 %", note: "3 of 12, few" }, { value: "3 of 4", note: "too few" }, { value: "—", note: "" }, { value: "25.0 %", note: "50 of 200" },
    ]);
    expect(shareText(ratio(3, 12))).toEqual(["3 of 12", "25.0 %, few"]);
  });

  it("treat a mean of few as cautiously as a share", () => {
    expect([meanText(mean(0)), meanText(mean(4, 80)), meanText(mean(7, 80)), meanText(mean(20, 80.5))]).toEqual([
      { value: "—", note: "" }, { value: "—", note: "n 4, too few" }, { value: "80 %", note: "n 7, few" }, { value: "80.5 %", note: "n 20" },
    ]);
  });

  it("give nine of ten from five cases on", () => {
    const days = (n: string) => `${n} d`;
    expect([spreadText(spread(0), days), spreadText(spread(3, 2, 9), days), spreadText(spread(30, 2, 9.5), days)]).toEqual([
      { median: "—", nine: "—", note: "" }, { median: "2 d", nine: "—", note: "n 3, too few" }, { median: "2 d", nine: "9.5 d", note: "n 30" },
    ]);
  });
});

describe("the practice’s own target", () => {
  it("is a whole percentage or nothing", () => {
    expect(["25", " 25 % ", "0", "100", "", "101", "2.5", "ten", "-3"].map(readTarget)).toEqual([25, 25, 0, 100, null, undefined, undefined, undefined, undefined]);
  });
});

describe("the loop report", () => {
  const period = { from: "2025-12-01", to: "2026-11-30", asOf: "2026-11-26", before: { from: "2024-12-01", to: "2025-11-30" } };
  const report: LoopReport = {
    period, loopComplete: ratio(30, 60), loopSeen: ratio(55, 60), loopThanked: ratio(20, 40), ackOnTime: ratio(50, 60), reportOnTime: ratio(3, 4), returnRate: ratio(0, 0), homeDoctorShare: ratio(6, 8),
    responseTime: [{ code: "contacted", direction: "inbound", unit: "wd", taken: spread(12, 1, 4), waiting: spread(2, 6, 9) }, { code: "own_triage", direction: "outbound", unit: "d", taken: spread(40, 3, 8), waiting: spread(0) }],
    firstAnswer: spread(0), waitDays: spread(25, 11, 24), waitMinutes: spread(3, 12, 30),
  };

  it("keeps a stage of both paths apart, those that came in first", () => {
    const twice = { ...report, responseTime: [{ code: "scheduled", direction: "outbound" as const, unit: "d" as const, taken: spread(9), waiting: spread(0) }, { code: "scheduled", direction: "inbound" as const, unit: "wd" as const, taken: spread(9), waiting: spread(0) }] };
    expect(new Set(paceRows(twice, (code) => code).map((pace) => pace.key)).size).toBe(2);
    expect(paceRows(twice, (code) => code).map((pace) => pace.way)).toEqual(["In", "Out"]);
  });

  it("has seven shares", () => {
    expect(loopFigures(report).map((one) => [one.label, headline(one.ratio).value])).toEqual([["Loop closed", "50.0 %"], ["Seen or explained", "91.7 %"], ["Thanked", "50.0 %"], ["Acknowledged in time", "83.3 %"], ["Reported in time", "3 of 4"], ["Returned", "—"], ["Home doctor told", "75.0 %"]]);
  });

  it("tells how long steps take in their own days, and how old those are that wait", () => {
    expect(paceRows(report, (code) => code).map(({ name, taken, caution, waiting }) => [name, taken.median, taken.nine, caution, waiting])).toEqual([
      ["contacted", "1 wd", "4 wd", "few", "6 wd, n 2"], ["own_triage", "3 d", "8 d", null, "—"],
    ]);
    expect(waitRows(report).map((wait) => [wait.told.median, wait.more])).toEqual([["—", "No case in this period."], ["11 d", "9 of 10 within 24 d, n 25"], ["12 min", "n 3, too few"]]);
  });
});

describe("the care report", () => {
  const report: CareReport = {
    period: { from: "2025-12-01", to: "2026-11-30", asOf: "2026-11-26", before: { from: "2024-12-01", to: "2025-11-30" } },
    prequal: mean(40, 72.5), prequalPartners: [], needsMet: mean(3, 90), allPartiesServed: ratio(1, 3), secondOpinionTransfer: ratio(6, 10), missingDocuments: ratio(2, 30),
    satisfaction: { percent: 88, lowQuarter: 8, n: 12 }, followThrough: { followed: ratio(5, 9), accepted: ratio(7, 9), completed: ratio(2, 9) }, helpRate: { helped: ratio(0, 0), contacted: ratio(0, 0) },
  };

  it("says each measure with its n, and nothing where there are too few", () => {
    const said = careBlocks(report).flatMap((block) => block.measures.map((measure) => `${measure.label}: ${measure.value} (${measure.note})`));
    expect(said).toEqual([
      "Preparation complete: 72.5 % (n 40)", "A document was missing: 6.7 % (2 of 30)", "Needs met: — (n 3, too few)", "Everybody served: 1 of 3 (too few)", "Second opinion: moved to us: 60.0 % (6 of 10, few)",
      "Accepted: 77.8 % (7 of 9, few)", "Followed through: 55.6 % (5 of 9, few)", "Completed: 22.2 % (2 of 9, few)", "Satisfaction: 88 % (n 12, few, a quarter rate 8 or less)", "It helped, where we sent them: — ()", "Got in touch: — ()",
    ]);
  });
});

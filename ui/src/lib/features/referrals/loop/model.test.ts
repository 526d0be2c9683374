import { describe, expect, it } from "vitest";
import type { LoopItem, LoopState, ReferralWay, StageShown } from "$lib/ipc/bindings";
import { leak } from "../leaks/testing";
import { loopLines } from "./model";

const item = (more: Partial<LoopItem> = {}): LoopItem => ({ owed: true, done: false, on: null, due: null, ...more });
const loop = (more: Partial<LoopState> = {}): LoopState => ({
  acknowledged: item({ done: true, on: "2026-11-04" }), seen: item({ due: "2026-11-20" }), reported: item(), returned: item({ owed: false }), thanked: item(), homeDoctor: item({ owed: false }),
  complete: false, decidedOn: null, ...more,
});
const stage = (code: string, count: number, unit: "wd" | "d"): StageShown => ({
  code, name: null, done: false, on: null, minute: null, by: null, note: null, passedOver: false, planned: null, limit: { count, unit }, taken: null, leaked: false, required: [], checklist: [],
});
const way = (direction: "inbound" | "outbound", next: string): ReferralWay => ({
  row: { ...leak("a", "overdue_step").row, direction, to: { partner: "p", partnerName: "Greyfield Neurology", class: "medical", person: null, personName: null } },
  kind: null, travel: null, open: true, trackedOn: "2026-11-02", stage: "scheduled", holder: { holder: { kind: "profile", id: "m" }, name: "Maren Okafor", away: false, deputy: null },
  heldOn: "2026-11-02", nextStep: null, next, dueOn: null, stages: [stage("acknowledged", 2, "wd"), stage("seen", 14, "d"), stage("report_sent", 7, "d"), stage("report_received", 14, "d")], rebooked: [], steps: [], hands: [], contactLost: false,
});

describe("the loop of a referral", () => {
  it("tells what is done, what is late and by whom, and what has its turn later", () => {
    const lines = loopLines(loop(), way("inbound", "seen"), "2026-11-25");
    expect(lines.map(({ step, tone, state }) => [step, tone, state])).toEqual([
      ["acknowledged", "done", "done Nov 4"], ["seen", "late", "5 days late"], ["reported", "later", "once its turn comes"], ["returned", "none", "not owed"], ["thanked", "later", "once its turn comes"],
    ]);
    expect(lines[1]).toMatchObject({ who: "by Maren Okafor", promised: "promised within 14 days" });
    expect(lines[0]).toMatchObject({ who: null, promised: null });
  });

  it("waits for the receiver where it was sent on, on the last day still in time", () => {
    const lines = loopLines(loop({ reported: item({ due: "2026-11-25" }) }), way("outbound", "report_received"), "2026-11-25");
    expect(lines.find((line) => line.step === "reported")).toMatchObject({ tone: "due", state: "by Nov 25", who: "by Greyfield Neurology", promised: "promised within 14 days" });
  });

  it("has a sixth step only where there is a home doctor to tell", () => {
    expect(loopLines(loop({ homeDoctor: item() }), way("inbound", "seen"), "2026-11-25").at(-1)).toMatchObject({ step: "homeDoctor", who: "by us" });
  });
});

/** The loop of one referral in steps: what is owed, done, late, by whom, and what was promised. */
import { daysBetween, shortDate } from "$lib/design";
import type { LoopItem, LoopState, ReferralWay } from "$lib/ipc/bindings";
import { loopStrings as words, stepNames, type LoopStep } from "./strings";

export type StepTone = "done" | "late" | "due" | "later" | "none";

export interface LoopLine {
  step: LoopStep;
  name: string;
  tone: StepTone;
  /** How it stands: done, by when, how late. */
  state: string;
  /** Who owes it; nothing once it is done or not owed. */
  who: string | null;
  /** How soon it was promised. */
  promised: string | null;
}

/** The stage of the path that stands for a step; thanks and word to the home doctor are none. */
function stageOf(step: LoopStep, outbound: boolean): string | null {
  switch (step) {
    case "acknowledged": return outbound ? "confirmed" : "acknowledged";
    case "seen": return "seen";
    case "reported": return outbound ? "report_received" : "report_sent";
    case "returned": return "returned";
    case "thanked":
    case "homeDoctor": return null;
  }
}

/** Outbound, what happens there is theirs; everything else is ours, and the next of it its holder's. */
function owes(step: LoopStep, way: ReferralWay, outbound: boolean): string {
  if (outbound && (step === "acknowledged" || step === "seen" || step === "reported")) return words.theirs(way.row.to.personName || way.row.to.partnerName || null);
  return way.open && way.holder && way.next === stageOf(step, outbound) ? words.heldBy(way.holder.name) : words.ours;
}

function stateOf(item: LoopItem, today: string): Pick<LoopLine, "tone" | "state"> {
  if (!item.owed) return { tone: "none", state: words.notOwed };
  if (item.done) return { tone: "done", state: item.on ? words.doneOn(shortDate(item.on, { today })) : words.done };
  if (!item.due) return { tone: "later", state: words.later };
  const late = daysBetween(item.due, today);
  return late > 0 ? { tone: "late", state: words.late(late) } : { tone: "due", state: words.by(shortDate(item.due, { today })) };
}

/** The five steps in their order; word to the home doctor only where there is one. */
export function loopLines(loop: LoopState, way: ReferralWay, today: string): LoopLine[] {
  const outbound = way.row.direction === "outbound";
  const steps: LoopStep[] = ["acknowledged", "seen", "reported", "returned", "thanked", ...(loop.homeDoctor.owed ? ["homeDoctor" as const] : [])];
  return steps.map((step) => {
    const item = loop[step];
    const shown = stateOf(item, today);
    const limit = way.stages.find((stage) => stage.code === stageOf(step, outbound))?.limit ?? null;
    const waits = item.owed && !item.done;
    return { step, name: stepNames[step], ...shown, who: waits ? owes(step, way, outbound) : null, promised: waits && limit ? words.promised(limit.count, limit.unit) : null };
  });
}

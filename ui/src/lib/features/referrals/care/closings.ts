/** Earlier closings of a referral that was opened again: they stay where one sees them. */
import type { StepShown } from "$lib/ipc/bindings";
import { stateNames } from "../strings";
import { careStrings } from "./strings";

export interface Closed { id: string; name: string; on: string; note: string | null; by: string }

const isState = (code: string | null): code is keyof typeof stateNames => code !== null && code in stateNames;

/** How an earlier closing had ended, in a word; any other note as it stands. */
export function noteOf(step: Pick<StepShown, "step" | "note">): string | null {
  return step.step === "closed_before" && isState(step.note) ? stateNames[step.note] : step.note;
}

/** The closings that were taken back, and why it went on, by day. */
export function closingsOf(steps: readonly StepShown[]): Closed[] {
  return steps.flatMap((step): Closed[] => {
    if (step.step === "closed_before") return [{ id: step.id, name: careStrings.reopen.closed, on: step.on, note: noteOf(step), by: step.by }];
    return step.step === "reopened" ? [{ id: step.id, name: careStrings.reopen.reopened, on: step.on, note: step.note, by: step.by }] : [];
  });
}

/** What is filled in to put a referral to a stage: its day, what the stage asks for, a note. */
import { todayIso } from "$lib/design";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type Outcome, type ReferralChange, type ReferralWay, type RequiredField, type Urgency } from "$lib/ipc/bindings";

const beside = ["on", "note", "scheduledOn", "outcome", "reason", "serviceLine", "payer", "urgency"];
const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

export class StageForm {
  on: string | null = $state(todayIso());
  visitOn: string | null = $state(null);
  outcome: Exclude<Outcome, "scheduled"> | "" = $state("");
  reason = $state("");
  serviceLine = $state("");
  payer = $state("");
  urgency: Urgency | "" = $state("");
  note = $state("");
  errors: Record<string, string> = $state({});
  trouble: string | null = $state(null);
  busy = $state(false);

  /** Whether it was put down. */
  done(way: ReferralWay, stage: string): Promise<boolean> {
    const changes: ReferralChange[] = [];
    if (this.visitOn && asks(way, stage, "scheduled_on")) changes.push({ field: "scheduled_on", value: this.visitOn });
    if (this.outcome && asks(way, stage, "outcome")) changes.push({ field: "outcome", value: this.outcome });
    for (const field of ["reason", "service_line", "payer"] as const) {
      const value = orNull({ reason: this.reason, service_line: this.serviceLine, payer: this.payer }[field]);
      if (value) changes.push({ field, value });
    }
    if (this.urgency) changes.push({ field: "urgency", value: this.urgency });
    return this.#attempt(() => ask(commands.referralStage(way.row.id, { stage, on: this.on, minute: null, note: orNull(this.note), changes })));
  }

  tried(way: ReferralWay): Promise<boolean> {
    return this.#attempt(() => ask(commands.referralStepAdd(way.row.id, { step: "attempt", on: this.on, minute: null, note: orNull(this.note) })));
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.errors = {};
    this.trouble = null;
    try {
      await work();
      this.note = "";
      return true;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.field && beside.includes(failure.field)) this.errors = { [failure.field]: failure.message };
      else this.trouble = failure.message;
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Whether a field is asked for on the way to a stage and not known yet. The day of a visit is agreed anew each time. */
export function asks(way: ReferralWay, stage: string, field: RequiredField): boolean {
  if (field === "scheduled_on" && stage === "scheduled") return true;
  if (field === "outcome" && stage === "closed") return true;
  const required = way.stages.find((one) => one.code === stage)?.required.includes(field) ?? false;
  if (!required) return false;
  if (field === "scheduled_on") return way.row.scheduledOn === null;
  if (field === "reason") return way.row.reason === null;
  if (field === "service_line") return way.row.serviceLine === null;
  if (field === "urgency") return way.row.urgency === null;
  return field === "payer" || field === "outcome";
}

/** Words of the loop of one referral: what its sender or receiver may expect, and what was promised. */
import { counted } from "$lib/design";
import type { DayUnit } from "$lib/ipc/bindings";

export type LoopStep = "acknowledged" | "seen" | "reported" | "returned" | "thanked" | "homeDoctor";

export const stepNames: Record<LoopStep, string> = {
  acknowledged: "Acknowledged", seen: "Seen", reported: "Reported", returned: "Returned", thanked: "Thanked", homeDoctor: "Home doctor told",
};

export const loopStrings = {
  title: "Loop",
  meaning: "Closed when the sender was told that it came, the patient was seen or it was closed with a reason, the report is there, and thanks are said where they are due.",
  closed: "closed",
  open: (done: number, owed: number) => `${done} of ${owed} done`,
  done: "done",
  doneOn: (day: string) => `done ${day}`,
  by: (day: string) => `by ${day}`,
  late: (days: number) => `${counted(days, "day", "days")} late`,
  later: "once its turn comes",
  noLimit: "no limit",
  notOwed: "not owed",
  ours: "by us",
  theirs: (name: string | null) => `by ${name ?? "the receiver"}`,
  heldBy: (name: string) => `by ${name}`,
  promised: (count: number, unit: DayUnit) => `promised within ${unit === "wd" ? counted(count, "working day", "working days") : counted(count, "day", "days")}`,
  speak: (name: string, state: string) => `${name}: ${state}`,
} as const;

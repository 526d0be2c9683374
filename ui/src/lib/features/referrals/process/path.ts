/** A path as it is being edited: pure steps from one draft to the next. What may be kept is the core's to say. */
import type { Direction, Limit, PathShown, Process, ReferralType, RequiredField, Stage } from "$lib/ipc/bindings";
import { stageName, stageNames } from "../batons/stages";
import { newCode } from "./ids";
import { fieldNames, limitText, processStrings } from "./strings";

const words = processStrings.paths;

export type Side = Exclude<Direction, "internal">;
export const keyOf = ({ direction, kind }: { direction: Direction; kind: ReferralType | null }): string => `${direction}-${kind ?? "all"}`;
export const nameOf = (stage: Stage): string => stageName(stage.code, stage.name);
export const usualName = (code: string): string => stageNames[code] ?? "";
export const isOwn = (stage: Stage): boolean => stage.code.startsWith("own_");

/** Where a path begins and ends stands still. */
export const stands = (process: Process, at: number): boolean => at <= 0 || at >= process.stages.length - 1;

/** The same path with a stage at another place, never before the first or behind the last. */
export function moveStage(process: Process, from: number, to: number): Process {
  const last = process.stages.length - 2;
  const place = Math.min(last, Math.max(1, to));
  const stage = process.stages[from];
  if (!stage || stands(process, from) || place === from) return process;
  const stages = process.stages.filter((_, at) => at !== from);
  stages.splice(place, 0, stage);
  return { ...process, stages };
}

/** The same path without a stage; limits that counted from it count from the stage before. */
export function removeStage(process: Process, at: number): Process {
  const gone = process.stages[at];
  if (!gone || stands(process, at)) return process;
  const stages = process.stages.filter((stage) => stage !== gone).map((stage) => (stage.after === gone.code ? { ...stage, after: null } : stage));
  return { ...process, stages };
}

const bare = (code: string, name: string | null): Stage => ({ code, name, limit: null, urgentLimit: null, after: null, required: [], checklist: [] });

/** The same path with one more stage before the end: one everybody knows, or one of the practice's own by its name. */
export function addStage(process: Process, what: { code: string } | { name: string }): Process {
  const stage = "code" in what ? bare(what.code, null) : bare(newCode("own"), what.name.trim());
  return { ...process, stages: [...process.stages.slice(0, -1), stage, ...process.stages.slice(-1)] };
}

export function changeStage(process: Process, at: number, change: Partial<Stage>): Process {
  return { ...process, stages: process.stages.map((stage, n) => (n === at ? { ...stage, ...change } : stage)) };
}

const ALWAYS = ["received", "decided", "closed", "rebooked"];
const OUTBOUND = ["packet_sent", "confirmed", "report_received", "patient_asked"];

/** The stages everybody knows that are not on the path, those of its direction first. */
export function addable(process: Process, direction: Direction): string[] {
  const free = Object.keys(stageNames).filter((code) => !ALWAYS.includes(code) && !process.stages.some((stage) => stage.code === code));
  const fits = (code: string) => OUTBOUND.includes(code) === (direction === "outbound") || code === "scheduled" || code === "seen";
  return [...free.filter(fits), ...free.filter((code) => !fits(code))];
}

/** As it is sent: names and items without blanks around them, empty ones left out. */
export function tidy(process: Process): Process {
  const order = Object.keys(fieldNames) as RequiredField[];
  const stages = process.stages.map((stage) => ({
    ...stage,
    name: stage.name?.trim() || null,
    required: order.filter((field) => stage.required.includes(field)),
    checklist: stage.checklist.map((item) => ({ ...item, text: item.text.trim() })).filter((item) => item.text !== ""),
  }));
  return { ...process, stages };
}

const plain = (limit: Limit | null) => (limit ? [limit.count, limit.unit] : null);
const print = (process: Process): string => {
  const { stages, grace, rebook, lookAgain, attempts } = tidy(process);
  return JSON.stringify([
    stages.map(({ code, name, limit, urgentLimit, after, required, checklist }) => [code, name, plain(limit), plain(urgentLimit), after, required, checklist.map((item) => [item.code, item.text])]),
    plain(grace), plain(rebook), plain(lookAgain), attempts,
  ]);
};
export const same = (one: Process, other: Process): boolean => print(one) === print(other);

/** A draft that was kept: what it says, or null if it can't be read. */
export function readDraft(body: string | null): Process | null {
  try {
    const read = JSON.parse(body ?? "null") as Process | null;
    return read && Array.isArray(read.stages) && read.stages.length > 1 && read.grace && read.rebook && read.lookAgain ? read : null;
  } catch {
    return null;
  }
}

/** Where something stands that the core refused: a stage and its field, or a field of the whole path. */
export interface Fault { stage: number | null; field: string }

/** The core names the field; this finds the stage it means. */
export function faultOf(process: Process, field: string): Fault {
  const { stages } = process;
  const find = (wrong: (stage: Stage, at: number) => boolean) => {
    const at = stages.findIndex(wrong);
    return at < 0 ? null : at;
  };
  const tooLong = (limit: Limit | null) => limit !== null && limit.count > 365;
  if (field === "name") return { stage: find((stage) => (isOwn(stage) && !stage.name?.trim()) || (stage.name?.trim().length ?? 0) > 60), field };
  if (field === "limit") {
    const stage = find(({ limit, urgentLimit }) => tooLong(limit) || tooLong(urgentLimit));
    if (stage !== null) return { stage, field: tooLong(stages[stage]?.limit ?? null) ? "limit" : "urgentLimit" };
    const rule = (["grace", "rebook", "lookAgain"] as const).find((name) => tooLong(process[name]));
    return { stage: null, field: rule ?? "stages" };
  }
  if (field === "after") return { stage: find(({ after }, at) => after !== null && !stages.slice(0, at).some((stage) => stage.code === after)), field };
  if (field === "checklist") {
    const wrong = ({ checklist }: Stage) => checklist.length > 30 || checklist.some(({ text }) => text.trim().length > 200);
    return { stage: find(wrong), field };
  }
  return { stage: null, field: field === "attempts" ? field : "stages" };
}

/** One part in which two paths differ. */
export interface Difference { part: string; standard: string; yours: string }

const listed = (texts: readonly string[]) => (texts.length === 0 ? words.none : texts.join(", "));

function ofStage(standard: Stage, yours: Stage, nameIn: (code: string) => string): Difference[] {
  const name = nameOf(standard);
  const urgent = (stage: Stage) => (stage.urgentLimit ? limitText(stage.urgentLimit) : words.asUsual);
  const from = (stage: Stage) => (stage.after === null ? words.before : nameIn(stage.after));
  const parts: [string, string, string][] = [
    [words.name, name, nameOf(yours)],
    [words.limit, limitText(standard.limit), limitText(yours.limit)],
    [words.limitUrgent, urgent(standard), urgent(yours)],
    [words.after, from(standard), from(yours)],
    [words.required, listed(standard.required.map((field) => fieldNames[field])), listed(yours.required.map((field) => fieldNames[field]))],
    [words.checklist, listed(standard.checklist.map((item) => item.text)), listed(yours.checklist.map((item) => item.text))],
  ];
  return parts.filter(([, one, other]) => one !== other).map(([part, one, other]) => ({ part: words.stagePart(name, part), standard: one, yours: other }));
}

/** Everything in which a path is not as the standard, in the order of the path. */
export function differences(standard: Process, own: Process): Difference[] {
  const yours = tidy(own);
  const theirs = tidy(standard);
  const at = (process: Process, code: string) => process.stages.find((stage) => stage.code === code);
  const nameIn = (code: string) => nameOf(at(yours, code) ?? at(theirs, code) ?? bare(code, null));
  const all: Difference[] = [];
  const shared = (process: Process, other: Process) => process.stages.filter(({ code }) => at(other, code)).map(({ code }) => nameIn(code)).join(", ");
  if (shared(theirs, yours) !== shared(yours, theirs)) all.push({ part: words.order, standard: shared(theirs, yours), yours: shared(yours, theirs) });
  for (const stage of theirs.stages) {
    const here = at(yours, stage.code);
    if (here) all.push(...ofStage(stage, here, nameIn));
    else all.push({ part: nameOf(stage), standard: words.added, yours: words.without });
  }
  for (const stage of yours.stages) {
    if (!at(theirs, stage.code)) all.push({ part: nameOf(stage), standard: words.without, yours: [words.added, ...(stage.limit ? [limitText(stage.limit)] : [])].join(", ") });
  }
  const rules = [[words.grace, "grace"], [words.rebook, "rebook"], [words.lookAgain, "lookAgain"]] as const;
  for (const [part, name] of rules) {
    if (limitText(theirs[name]) !== limitText(yours[name])) all.push({ part, standard: limitText(theirs[name]), yours: limitText(yours[name]) });
  }
  if (theirs.attempts !== yours.attempts) all.push({ part: words.attempts, standard: String(theirs.attempts), yours: String(yours.attempts) });
  return all;
}

/** One line below a stage's name: what it takes and what it asks for. */
export function summaryOf(process: Process, at: number): string {
  const stage = process.stages[at];
  if (!stage || at === 0) return words.fixedFirst;
  const from = stage.after ? process.stages.find(({ code }) => code === stage.after) : undefined;
  const limit = [limitText(stage.limit), ...(from && stage.limit ? [words.from(nameOf(from))] : [])].join(" ");
  return [
    limit,
    ...(stage.urgentLimit ? [words.urgent(limitText(stage.urgentLimit))] : []),
    ...(stage.required.length > 0 ? [words.needs(stage.required.map((field) => fieldNames[field]).join(", "))] : []),
    ...(stage.checklist.length > 0 ? [words.items(stage.checklist.length)] : []),
  ].join(" · ");
}

/** The path of a direction and type among those that were read. */
export const pathIn = (paths: readonly PathShown[], direction: Direction, kind: ReferralType | null): PathShown | undefined =>
  paths.find((path) => path.direction === direction && path.kind === kind);

/** The import that is being prepared, step by step. The file itself and every decision lie in the core. */
import { jobs } from "./jobs";
import { ask, failureOf, type CommandFailure } from "$lib/ipc/call";
import { draftOf } from "$lib/records/drafts";
import { commands, type Choice, type ImportSummary, type ImportView, type PlanView } from "$lib/ipc/bindings";
import type { Overrides } from "./types";

export type Step = "file" | "columns" | "words" | "preview" | "done";
export type Work = "reading" | "planning" | "deciding" | "writing";

/** The steps a file goes through: without words to decide there is no step for them. */
export function stepsOf(view: ImportView | null): Step[] {
  const words = view === null || view.understood.words.length > 0;
  return words ? ["file", "columns", "words", "preview", "done"] : ["file", "columns", "preview", "done"];
}

/** What stops a step from going on, if anything. */
export function obstacle(step: Step, view: ImportView | null): "date_order" | "missing_column" | null {
  if (!view || (step !== "file" && step !== "columns" && step !== "words")) return null;
  const asked = view.understood.ambiguities;
  if (asked.some((one) => one.kind === "date_order")) return "date_order";
  return step !== "file" && asked.some((one) => one.kind === "missing_column" || one.kind === "missing_referrer") ? "missing_column" : null;
}

/** The step at which the file on the desk was left; a file newly opened begins at the first. What was written is leaving it. */
export const left: { step: Step; closing: Promise<unknown> } = { step: "file", closing: Promise.resolve() };

/** A file is the same one if it has the same name and headings. */
function nameOf(view: ImportView): string {
  return `${view.understood.fileName} ${view.understood.fingerprint}`;
}

/** The decisions that were kept for this file. */
function readKept(body: string | null, file: string): Overrides | null {
  if (body === null) return null;
  try {
    const kept = JSON.parse(body) as { file?: unknown; overrides?: unknown };
    // The core reads the decisions itself and refuses what it does not know.
    return kept.file === file && typeof kept.overrides === "object" && kept.overrides !== null ? (kept.overrides as Overrides) : null;
  } catch {
    return null;
  }
}

export class ImportWizard {
  step: Step = $state("file");
  view: ImportView | null = $state.raw(null);
  plan: PlanView | null = $state.raw(null);
  summary: ImportSummary | null = $state.raw(null);
  /** The history entry the import became. */
  entry: number | null = $state(null);
  work: Work | null = $state(null);
  progress: { done: number; total: number } = $state.raw({ done: 0, total: 0 });
  trouble: CommandFailure | null = $state.raw(null);
  /** Counts the plans, so that rows of an older one are asked for again. */
  planned = $state(0);
  /** Counts the refused readings: the controls then show again how the file is read. */
  refused = $state(0);
  /** Whether something was decided in the preview; reading the file in another way forgets it. */
  decided = $state(false);

  readonly steps = $derived(stepsOf(this.view));
  readonly at = $derived(this.steps.indexOf(this.step));
  readonly obstacle = $derived(obstacle(this.step, this.view));

  /** What was decided about a file before a lock took it off the desk. */
  readonly #draft = draftOf("import");
  /** The decisions as they were last asked for; the answer to an older question is passed over. */
  #wanted: Overrides | null = null;

  /** Goes on with what lies on the desk; false if nothing does. */
  async resume(): Promise<boolean> {
    const to = left.step;
    const view = await this.#run("reading", () => ask(commands.importCurrent()));
    left.step = "file";
    if (!view) return false;
    this.#show(view);
    if (to === "preview" && !obstacle("columns", view)) await this.#makePlan();
    else if (to !== "preview" && stepsOf(view).includes(to)) this.step = to;
    return true;
  }

  async open(file: string): Promise<void> {
    const view = await this.#run("reading", () => ask(commands.importOpen(file)));
    if (!view) return;
    this.#show(view);
    this.step = "file";
    const kept = await this.#draft.load().then((body) => readKept(body, nameOf(view)), () => null);
    if (kept && this.view === view) await this.reread(kept);
  }

  /** Reads the file with other decisions. While one reading runs, only the newest wish waits. */
  async reread(next: Overrides): Promise<void> {
    const waits = this.#wanted !== null;
    this.#wanted = next;
    if (waits) return;
    while (this.#wanted) {
      const asked: Overrides = this.#wanted;
      const view = await this.#run("reading", () => ask(commands.importReread(asked)));
      if (view) {
        this.view = view;
        this.plan = null;
        this.decided = false;
        this.#draft.keep(JSON.stringify({ file: nameOf(view), overrides: asked }));
      } else this.refused += 1;
      if (this.#wanted === asked) this.#wanted = null;
    }
  }

  /** The decisions a further one is laid over, also while the file is being read. */
  get overrides(): Overrides | null {
    return this.#wanted ?? this.view?.overrides ?? null;
  }

  async next(): Promise<void> {
    if (this.work || this.obstacle || !this.view) return;
    const to = this.steps[this.at + 1];
    if (to === "preview") await this.#makePlan();
    else if (to === "done") await this.commit();
    else if (to) this.step = to;
  }

  back(): void {
    const to = this.steps[this.at - 1];
    if (this.work || this.step === "done" || !to) return;
    this.trouble = null;
    this.step = to;
  }

  goto(step: "file" | "columns"): void {
    if (this.work) return;
    this.trouble = null;
    this.step = step;
  }

  async decide(record: number, choice: Choice): Promise<void> {
    if (this.work) return;
    const plan = await this.#run("deciding", () => ask(commands.importDecide(record, choice)));
    if (!plan) return;
    this.plan = plan;
    this.decided = true;
    this.planned += 1;
    // Whether a row is data belongs to how the file is read.
    if (choice.choice === "data" || choice.choice === "not_data") await this.#look();
  }

  async commit(): Promise<void> {
    if (this.work || !this.plan?.changesAnything) return;
    const summary = await this.#run("writing", () => ask(commands.importCommit()));
    if (!summary) {
      await this.#planAgain();
      return;
    }
    this.summary = summary;
    this.step = "done";
    void this.#draft.clear();
  }

  /** Leaves the file on the desk, to go on from here; one that is written leaves the desk. */
  async leave(): Promise<void> {
    left.step = this.step === "done" ? "file" : this.step;
    if (this.step === "done") left.closing = commands.importClose();
    await left.closing;
  }

  /** Asks the work to stop; it leaves nothing half done. */
  stop(): void {
    void commands.jobStop(jobs.import);
  }

  /** What was written meanwhile may change the fate of rows: the preview is made anew, the decisions stay. */
  async #planAgain(): Promise<void> {
    const told = this.trouble;
    if (told?.code !== "changed_meanwhile") return;
    this.plan = null;
    await this.#makePlan();
    this.trouble ??= told;
  }

  async #makePlan(): Promise<void> {
    const plan = this.plan ?? (await this.#run("planning", () => ask(commands.importPlan())));
    if (!plan) return;
    this.plan = plan;
    this.planned += 1;
    this.step = "preview";
  }

  async #look(): Promise<void> {
    const view = await this.#run("deciding", () => ask(commands.importCurrent()));
    if (view) this.view = view;
  }

  #show(view: ImportView): void {
    this.view = view;
    this.plan = null;
    this.summary = null;
    this.entry = null;
    this.decided = false;
  }

  async #run<T>(work: Work, does: () => Promise<T>): Promise<T | null> {
    this.work = work;
    this.progress = { done: 0, total: 0 };
    this.trouble = null;
    try {
      return await does();
    } catch (thrown) {
      this.trouble = failureOf(thrown);
      // The desk is empty: there is nothing to go on with but a file.
      if (this.trouble.code === "missing") this.view = null;
      return null;
    } finally {
      this.work = null;
    }
  }
}

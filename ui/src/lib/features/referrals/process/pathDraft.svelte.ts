/** One path while it is being changed: what is kept, what stands on the screen, and what is wrong with it. */
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type PathShown, type Process } from "$lib/ipc/bindings";
import { draftOf, type KeptDraft } from "$lib/records/drafts";
import { faultOf, keyOf, readDraft, same, tidy, type Fault } from "./path";

export class PathDraft {
  /** As it is on record. */
  base: PathShown = $state.raw() as PathShown;
  /** As it stands on the screen. */
  process: Process = $state.raw() as Process;
  /** What the core refused, and where. */
  fault: (Fault & { text: string }) | null = $state.raw(null);
  /** Fields that can't be read. */
  bad: Readonly<Record<string, boolean>> = $state.raw({});
  /** Changes from another time are here again. */
  restored = $state(false);
  busy = $state(false);
  readonly dirty = $derived(!same(this.process, this.base.process));
  readonly #kept: KeptDraft;

  constructor(path: PathShown) {
    this.base = path;
    this.process = path.process;
    this.#kept = draftOf(`path-${keyOf(path)}`);
  }

  /** Brings back what was changed and not saved. */
  async begin(): Promise<void> {
    const read = readDraft(await this.#kept.load().catch(() => null));
    if (this.dirty || !read || same(read, this.base.process)) return;
    this.process = read;
    this.restored = true;
  }

  /** The path on record is another now. */
  rebase(path: PathShown): void {
    const dirty = this.dirty;
    this.base = path;
    if (!dirty) this.process = path.process;
  }

  change(next: Process): void {
    this.process = next;
    this.fault = null;
    if (this.dirty) this.#kept.keep(JSON.stringify(next));
    else void this.#kept.clear();
  }

  /** A field can't be read, or can again. */
  mark(field: string, bad: boolean): void {
    this.bad = { ...this.bad, [field]: bad };
  }

  get unreadable(): boolean {
    return Object.values(this.bad).some(Boolean);
  }

  /** Whether it is on record now. */
  async save(): Promise<boolean> {
    if (this.busy || this.unreadable) return false;
    this.busy = true;
    this.fault = null;
    const sent = tidy(this.process);
    try {
      await ask(commands.pathSet(this.base.direction, this.base.kind, sent));
      this.base = { ...this.base, process: sent };
      this.process = sent;
      this.restored = false;
      await this.#kept.clear();
      return true;
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.fault = { ...(failure.field ? faultOf(sent, failure.field) : { stage: null, field: "stages" }), text: failure.message };
      return false;
    } finally {
      this.busy = false;
    }
  }

  async discard(): Promise<void> {
    this.process = this.base.process;
    this.fault = null;
    this.bad = {};
    this.restored = false;
    await this.#kept.clear();
  }

  /** What was typed last is kept before one leaves. */
  keep(): Promise<void> {
    return this.#kept.flush();
  }
}

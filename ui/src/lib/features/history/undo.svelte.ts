/** Taking back and bringing back, from a toast, the keys and the history page. */
import { toasts } from "$lib/design";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type UndoAnswer } from "$lib/ipc/bindings";
import { sentenceOf } from "./actions";
import { historyStrings } from "./strings";

/** Taking back or bringing back: what is said of it. */
interface Way { told: (what: string) => string; nothing: string }
const back: Way = { told: historyStrings.takenBack, nothing: historyStrings.nothing };
const forth: Way = { told: historyStrings.broughtBack, nothing: historyStrings.nothingForward };

type Conflicts = Extract<UndoAnswer, { kind: "conflicts" }>;

/** What an undo or redo leaves is told here, with what it took back; its announcement is not told again. */
export function toldHere(action: string): boolean {
  return action === "undo" || action === "redo";
}

class Undoing {
  /** What was changed since and has to be decided; the dialog shows it. */
  conflicts: { answer: Conflicts; way: Way } | null = $state.raw(null);

  /** Takes an entry back. */
  take = (seq: number) => this.#run(() => ask(commands.historyUndo(seq, "ask")), back);
  /** Brings back what the undo `seq` took. */
  bring = (seq: number) => this.#run(() => ask(commands.historyUndo(seq, "ask")), forth);
  last = () => this.#run(() => ask(commands.historyUndoLast()), back);
  again = () => this.#run(() => ask(commands.historyRedoLast()), forth);

  /** The answer to the dialog. */
  async decide(how: "keep_newer" | "overwrite"): Promise<void> {
    const open = this.conflicts;
    this.conflicts = null;
    if (open) await this.#run(() => ask(commands.historyUndo(open.answer.of.seq, how)), open.way);
  }

  leave(): void {
    this.conflicts = null;
  }

  async #run(work: () => Promise<UndoAnswer>, way: Way): Promise<void> {
    try {
      const answer = await work();
      if (answer.kind === "nothing") toasts.show({ text: way.nothing, tone: "plain" });
      else if (answer.kind === "conflicts") this.conflicts = { answer, way };
      else {
        const left = answer.entry;
        toasts.show({
          text: way.told(sentenceOf(answer.of.action, answer.of.subject)),
          undo: left ? () => (way === back ? this.bring(left.seq) : this.take(left.seq)) : undefined,
        });
      }
    } catch (thrown) {
      toasts.show({ text: failureOf(thrown).message, tone: "late" });
    }
  }
}

export const undoing = new Undoing();

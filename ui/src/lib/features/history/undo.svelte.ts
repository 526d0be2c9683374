/** Taking back and bringing back, from a toast, the keys and the history page. */
import { toasts } from "$lib/design";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type UndoAnswer } from "$lib/ipc/bindings";
import { sentenceOf } from "./actions";
import { historyStrings } from "./strings";

type Conflicts = Extract<UndoAnswer, { kind: "conflicts" }>;

/** What an undo or redo leaves is told here, with what it took back; its announcement is not told again. */
export function toldHere(action: string): boolean {
  return action === "undo" || action === "redo";
}

class Undoing {
  /** What was changed since and has to be decided; the dialog shows it. */
  conflicts: Conflicts | null = $state(null);
  take = (seq: number) => this.#run(() => ask(commands.historyUndo(seq, "ask")), historyStrings.takenBack);
  last = () => this.#run(() => ask(commands.historyUndoLast()), historyStrings.takenBack);
  again = () => this.#run(() => ask(commands.historyRedoLast()), historyStrings.broughtBack);

  /** The answer to the dialog. */
  async decide(how: "keep_newer" | "overwrite"): Promise<void> {
    const open = this.conflicts;
    this.conflicts = null;
    if (open) await this.#run(() => ask(commands.historyUndo(open.of.seq, how)), historyStrings.takenBack);
  }

  leave(): void {
    this.conflicts = null;
  }

  async #run(work: () => Promise<UndoAnswer>, told: (what: string) => string): Promise<void> {
    try {
      const answer = await work();
      if (answer.kind === "nothing") toasts.show({ text: historyStrings.nothing, tone: "plain" });
      else if (answer.kind === "conflicts") this.conflicts = answer;
      else {
        const left = answer.entry;
        toasts.show({
          text: told(sentenceOf(answer.of.action, answer.of.subject)),
          undo: left ? () => this.take(left.seq) : undefined,
        });
      }
    } catch (thrown) {
      toasts.show({ text: failureOf(thrown).message, tone: "late" });
    }
  }
}

export const undoing = new Undoing();

/** What can be done with a task from a list; the dialogs that ask for a reason or a colleague are beside it. */
import { toasts } from "$lib/design";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type TaskRow } from "$lib/ipc/bindings";
import { plus } from "./days";

class TaskActs {
  busy = $state(false);
  dropping: TaskRow | null = $state.raw(null);
  giving: TaskRow | null = $state.raw(null);

  async #run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await act();
      return true;
    } catch (thrown) {
      toasts.show({ text: failureOf(thrown).message, tone: "late" });
      return false;
    } finally {
      this.busy = false;
    }
  }
  /** Forgets what is asked: the practice is locked, or somebody else sits here. */
  leave() {
    this.dropping = null;
    this.giving = null;
  }
  done = (task: TaskRow) => this.#run(() => ask(commands.taskDone(task.id)));
  moveTo = (task: { id: string }, on: string, at: number | null = null) => this.#run(() => ask(commands.taskMove(task.id, on, at)));
  /** Days later, or sooner; never before today. */
  shift(task: TaskRow, by: number, today: string) {
    const on = plus(task.dueOn < today ? today : task.dueOn, by);
    return on < today ? Promise.resolve(false) : this.moveTo(task, on);
  }
}

export const taskActs = new TaskActs();

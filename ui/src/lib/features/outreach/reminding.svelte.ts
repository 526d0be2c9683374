/** Asks each half minute whether a task's moment has come. Everything stays in the window: nothing is told to the system. */
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type TaskRow } from "$lib/ipc/bindings";

const EVERY_MS = 30_000;

const open = (task: TaskRow) => task.doneOn === null && task.dropped === null;
/** When and to whom it is told. */
const moment = (task: TaskRow) => JSON.stringify([task.holder, task.dueOn, task.dueAt, task.remindMinutes]);

class Reminding {
  /** Told and not yet taken note of. */
  waiting: TaskRow[] = $state.raw([]);
  #until: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Begins to ask; the answer stops it. */
  start(): () => void {
    void this.#ask();
    this.#timer = setInterval(() => void this.#ask(), EVERY_MS);
    return () => {
      clearInterval(this.#timer);
      this.leave();
    };
  }
  async #ask() {
    const told = await ask(commands.taskReminders(this.#until)).catch(() => null);
    if (!told) return;
    this.#until = told.until;
    const fresh = told.tasks.filter((task) => !this.waiting.some(({ id }) => id === task.id));
    if (fresh.length > 0) this.waiting = [...this.waiting, ...fresh];
  }
  /** After a write: what is done, dropped, moved or handed on has nothing to remind of any more. */
  async reread() {
    const before = this.waiting;
    const now = await Promise.all(
      before.map((task) => ask(commands.taskGet(task.id)).then(
        (read) => (open(read) && moment(read) === moment(task) ? read : null),
        (thrown: unknown) => (failureOf(thrown).code === "missing" ? null : task),
      )),
    );
    this.waiting = this.waiting.flatMap((task) => {
      const at = before.indexOf(task);
      return at < 0 ? task : (now[at] ?? []);
    });
  }
  dismiss(id?: string) {
    this.waiting = id === undefined ? [] : this.waiting.filter((task) => task.id !== id);
  }
  /** Forgets all: the practice is locked. */
  leave() {
    this.waiting = [];
    this.#until = null;
  }
}

export const reminding = new Reminding();

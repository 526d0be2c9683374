/** Asks each half minute whether a task's moment has come. Everything stays in the window: nothing is told to the system. */
import { ask } from "$lib/ipc/call";
import { commands, type TaskRow } from "$lib/ipc/bindings";

const EVERY_MS = 30_000;

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

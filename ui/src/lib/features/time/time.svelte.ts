/** Which day the screens show: today, or an earlier one that is looked at only. One state for the window. */
import { tick } from "svelte";
import { toasts } from "$lib/design";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type Moment } from "$lib/ipc/bindings";

export const TIME_JOB = "time";

class TimeView {
  /** The earlier day, or null for today. */
  asOf: string | null = $state(null);
  /** A day is being asked for. */
  asking = $state(false);
  working = $state(false);
  /** Between two days: no screen shows, since what it read is about to go. */
  switching = $state(false);
  progress: { done: number; total: number } = $state.raw({ done: 0, total: 0 });
  error: string | null = $state(null);
  /** Called when another day shows: everything is read again. */
  onswitch: () => Promise<void> = () => Promise.resolve();

  ask = (): void => {
    this.error = null;
    this.asking = true;
  };

  /** Shows a moment. False: it stands on the screen why not, and today shows. */
  async look(moment: Moment): Promise<boolean> {
    if (this.working) return false;
    this.working = true;
    this.error = null;
    this.progress = { done: 0, total: 0 };
    try {
      await ask(commands.timeLook(moment));
      this.asking = false;
      return true;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const told = failure.code === "cancelled" ? null : failure.message;
      // Beside the field it was asked by, or, from the history page, by itself.
      if (this.asking) this.error = told;
      else if (told !== null) toasts.show({ text: told, tone: "late" });
      return false;
    } finally {
      this.working = false;
      // Whatever came of it, what shows may be another day than before.
      await this.#read();
    }
  }

  today = async (): Promise<void> => {
    await ask(commands.timeToday()).catch(() => undefined);
    await this.#read();
  };

  /** It leaves nothing half done. */
  stop = (): void => {
    void commands.jobStop(TIME_JOB);
  };

  /** The practice was locked. */
  leave(): void {
    this.asOf = null;
    this.asking = this.working = this.switching = false;
    this.error = null;
  }

  async #read(): Promise<void> {
    try {
      const { asOf } = await ask(commands.deskState());
      this.switching = true;
      await tick();
      await this.onswitch();
      this.asOf = asOf;
    } catch {
      // A practice that was locked meanwhile leads to the door by itself.
      this.asOf = null;
    } finally {
      this.switching = false;
    }
  }
}

export const timeView = new TimeView();

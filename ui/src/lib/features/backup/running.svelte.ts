/** Long work with backups: what runs, how far it is, and stopping it. */
import { commands } from "$lib/ipc/bindings";
import { failureOf, type CommandFailure } from "$lib/ipc/call";
import { onProgress } from "$lib/ipc/events";

/** The name of the work, as progress and stopping know it. */
const JOB = "backup";

class Running {
  /** What is under way, as its bar says it. */
  label: string | null = $state(null);
  progress: { done: number; total: number } = $state.raw({ done: 0, total: 0 });

  /** Does it, unless something runs; `null` if it was stopped or something ran. Any other failure is the caller's. */
  async run<T>(label: string, does: () => Promise<T>): Promise<T | null> {
    if (this.label !== null) return null;
    this.label = label;
    this.progress = { done: 0, total: 0 };
    const quiet = onProgress(JOB, (progress) => (this.progress = progress));
    try {
      return await does();
    } catch (thrown) {
      const failure: CommandFailure = failureOf(thrown);
      if (failure.code === "cancelled") return null;
      throw failure;
    } finally {
      quiet();
      this.label = null;
    }
  }

  stop(): void {
    void commands.jobStop(JOB);
  }

  /** Done so far in percent. */
  get percent(): number {
    return this.progress.total === 0 ? 0 : Math.min(100, Math.round((100 * this.progress.done) / this.progress.total));
  }
}

export const running = new Running();

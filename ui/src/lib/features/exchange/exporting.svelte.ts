/** The export under way: it goes on while other screens are used, and says what it wrote. */
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type Exported, type RegisterOrder, type WorkbookOrder } from "$lib/ipc/bindings";
import { onProgress } from "$lib/ipc/events";
import { jobs } from "./jobs";
import { exchangeStrings } from "./strings";

const words = exchangeStrings.order;

class Exporting {
  /** The file being written. */
  file: string | null = $state(null);
  progress: { done: number; total: number } = $state.raw({ done: 0, total: 0 });
  /** What the last one wrote, until it is put away. */
  written: Exported | null = $state.raw(null);
  trouble: { text: string; stopped: boolean } | null = $state.raw(null);

  /** Asks where to and writes the register; false if no file was chosen. */
  register(order: RegisterOrder, suggested: string): Promise<boolean> {
    return this.#write(suggested, order.format, (file) => ask(commands.exportRegister(file, order)));
  }

  scorecards(order: WorkbookOrder, suggested: string): Promise<boolean> {
    return this.#write(suggested, "xlsx", (file) => ask(commands.exportScorecards(file, order)));
  }

  stop(): void {
    void commands.jobStop(jobs.export);
  }

  /** Puts away what the last one left. */
  dismiss(): void {
    this.written = null;
    this.trouble = null;
  }

  async #write(suggested: string, format: "csv" | "xlsx", does: (file: string) => Promise<Exported>): Promise<boolean> {
    if (this.file !== null) return false;
    const target = await commands.exportChoose(suggested, format);
    if (!target) return false;
    this.dismiss();
    this.file = target.name;
    this.progress = { done: 0, total: 0 };
    void this.#run(target.name, () => does(target.token));
    return true;
  }

  async #run(name: string, does: () => Promise<Exported>): Promise<void> {
    const quiet = onProgress(jobs.export, (progress) => (this.progress = progress));
    try {
      this.written = await does();
    } catch (thrown) {
      const failure = failureOf(thrown);
      const stopped = failure.code === "cancelled";
      // Locking ends the work; the door needs no word about it.
      if (failure.code !== "locked") this.trouble = { text: stopped ? words.cancelled(name) : failure.message, stopped };
    } finally {
      quiet();
      this.file = null;
    }
  }
}

export const exporting = new Exporting();

/** Letters being written to a file: progress, stopping, and what came of it. */
import { tick } from "svelte";
import { ask, failureOf } from "$lib/ipc/call";
import { commands, type LetterFormat, type LetterSheet, type LettersSaved, type LetterWanted, type MailSaved, type Party } from "$lib/ipc/bindings";
import { onProgress, stopJob } from "$lib/ipc/events";
import { printPage } from "$lib/records/printing";
import { gratitudeStrings } from "./strings";

const words = gratitudeStrings.letters;
const JOB = "letters";

/** A name a file can have everywhere. */
export const fileName = (name: string, ending: string): string => `${name.replace(/[\\/:*?"<>|]+/g, " ").replace(/\s+/g, " ").trim()}.${ending}`;

export class Letters {
  /** The file being written. */
  file: string | null = $state(null);
  progress: { done: number; total: number } = $state.raw({ done: 0, total: 0 });
  /** What is on the paper, while it is printed. */
  sheets: readonly LetterSheet[] = $state.raw([]);
  /** What went wrong, and beside which field. */
  trouble: { text: string; field: string | null } | null = $state.raw(null);

  /** Asks where to, and writes them; null: not written. */
  async save(letters: LetterWanted[], format: LetterFormat, name: string): Promise<LettersSaved | null> {
    if (this.file !== null) return null;
    this.trouble = null;
    const target = await commands.thanksLettersChoose(fileName(name, format === "pdf" ? "pdf" : "docx"), format);
    if (!target) return null;
    this.file = target.name;
    this.progress = { done: 0, total: letters.length };
    const quiet = onProgress(JOB, (heard) => (this.progress = heard));
    try {
      return await ask(commands.thanksLettersSave(target.token, letters, format));
    } catch (thrown) {
      this.#fail(thrown);
      return null;
    } finally {
      quiet();
      this.file = null;
    }
  }

  stop(): void {
    stopJob(JOB);
  }

  async print(letters: LetterWanted[]): Promise<boolean> {
    this.trouble = null;
    try {
      this.sheets = await ask(commands.thanksLettersPrint(letters));
      await tick();
      await printPage("letters");
      return true;
    } catch (thrown) {
      this.#fail(thrown);
      return false;
    }
  }

  async mail(letter: LetterWanted, name: string): Promise<MailSaved | null> {
    this.trouble = null;
    const target = await commands.thanksMailChoose(fileName(words.mailFile(name), "eml"));
    if (!target) return null;
    try {
      return await ask(commands.thanksMailSave(target.token, letter));
    } catch (thrown) {
      this.#fail(thrown);
      return null;
    }
  }

  async labels(of: Party[], first: number) {
    this.trouble = null;
    const target = await commands.thanksLettersChoose(fileName(words.labelsFile, "pdf"), "pdf");
    if (!target) return null;
    try {
      return await ask(commands.thanksLabelsSave(target.token, of, first));
    } catch (thrown) {
      this.#fail(thrown);
      return null;
    }
  }

  #fail(thrown: unknown): void {
    const failure = failureOf(thrown);
    if (failure.code === "locked") return;
    this.trouble = { text: failure.code === "cancelled" ? words.stopped : failure.message, field: failure.field ?? null };
  }
}

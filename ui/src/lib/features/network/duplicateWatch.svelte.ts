/** Looks, while somebody is typed in, whether they are on record already. */
import { ask } from "$lib/ipc/call";
import { commands, type Candidate, type PossibleDuplicate } from "$lib/ipc/bindings";

const PAUSE_MS = 180;

/** Whether enough is typed to be worth a question. */
export function worthAsking({ name = "", npi = "", phone = "", email = "" }: Candidate): boolean {
  return name.trim().length >= 3 || npi.replace(/\D/g, "").length === 10 || phone.replace(/\D/g, "").length >= 7 || /\S@\S+\.\S/.test(email);
}

export class DuplicateWatch {
  /** Those that look the same and were not set aside. */
  found: readonly PossibleDuplicate[] = $state.raw([]);
  /** Said to be different; kept for good once the new record is saved. */
  readonly different = new Map<string, PossibleDuplicate>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** Asks after a pause in typing; only the newest answer counts. */
  look(candidate: Candidate): void {
    clearTimeout(this.#timer);
    const mine = ++this.#asked;
    if (!worthAsking(candidate)) {
      this.found = [];
      return;
    }
    this.#timer = setTimeout(() => {
      ask(commands.networkDuplicates(candidate)).then(
        (answer) => { if (mine === this.#asked) this.found = answer.filter((one) => !this.different.has(one.record.id)); },
        // Looking for duplicates must not stand in the way of the form itself.
        () => { if (mine === this.#asked) this.found = []; },
      );
    }, PAUSE_MS);
  }

  setAside(one: PossibleDuplicate): void {
    this.different.set(one.record.id, one);
    this.found = this.found.filter((other) => other.record.id !== one.record.id);
  }

  /** The new record is saved: those said to be different are not asked about again. */
  async remember(saved: { kind: "partner" | "person"; id: string }): Promise<void> {
    for (const { record } of this.different.values()) {
      if (record.kind === saved.kind) await ask(commands.networkMarkDifferent(saved, record)).catch(() => undefined);
    }
    this.clear();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.found = [];
    this.different.clear();
  }
}

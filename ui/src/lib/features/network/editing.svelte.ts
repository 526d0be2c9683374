/** Fields that save themselves, one after the other, and never overwrite what somebody else changed meanwhile. */
import { failureOf } from "$lib/ipc/call";
import { sentence } from "./failures";
import { networkStrings } from "./strings";

/** How a record is read and changed field by field. A value is its text; "" is nothing. */
export interface Editable<P, F extends string> {
  /** The record, as the draft of a longer text is called: `partner:…`. */
  draft?: () => string;
  /** What the screen shows now. */
  present: () => P | undefined;
  /** Reads it anew and shows that. */
  read: () => Promise<P>;
  stamp: (page: P) => number | null;
  valueOf: (page: P, field: F) => string;
  /** The same in words: the name behind an id, the word of a code. */
  shownOf: (page: P, field: F) => string;
  send: (field: F, value: string, stamp: number | null) => Promise<unknown>;
}

/** Two values for one field; the person chooses. */
export interface Conflict { mine: string; mineShown: string; theirs: string; theirsShown: string }

/** The state of the fields of one record on the screen. */
export class FieldEditing<P, F extends string> {
  readonly errors: Partial<Record<F, string>> = $state({});
  readonly saved: Partial<Record<F, boolean>> = $state({});
  readonly conflicts: Partial<Record<F, Conflict>> = $state({});
  readonly #of: Editable<P, F>;
  /** Saves wait for the one before, so that each knows the newest stamp. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(of: Editable<P, F>) {
    this.#of = of;
  }

  /** What the draft of a field is called; nothing if none is kept. */
  draftOf(field: F): string | null {
    return this.#of.draft ? `${this.#of.draft()}:${field}` : null;
  }

  /**
   * Saves `mine` where `base` stood when the person began to type. False: it stands on the screen
   * with its error or with both values, nothing is lost.
   */
  save(field: F, mine: string, base: string, mineShown = mine): Promise<boolean> {
    const turn = this.#line.then(() => this.#save(field, mine, base, mineShown));
    this.#line = turn.catch(() => undefined);
    return turn;
  }

  /** Overwrites what stands there now. */
  async keepMine(field: F): Promise<boolean> {
    const open = this.conflicts[field];
    if (!open) return true;
    this.conflicts[field] = undefined;
    return this.save(field, open.mine, open.theirs, open.mineShown);
  }

  /** Leaves what stands there now. */
  takeTheirs(field: F): void {
    this.conflicts[field] = undefined;
    this.errors[field] = undefined;
  }

  async #save(field: F, mine: string, base: string, mineShown: string): Promise<boolean> {
    this.errors[field] = undefined;
    this.saved[field] = undefined;
    try {
      let page = this.#of.present() ?? (await this.#of.read());
      for (let tries = 0; tries < 3; tries++) {
        const now = this.#of.valueOf(page, field);
        if (now === mine) {
          if (mine !== base) this.saved[field] = true;
          return true;
        }
        if (now !== base) {
          this.conflicts[field] = { mine, mineShown, theirs: now, theirsShown: this.#of.shownOf(page, field) };
          return false;
        }
        try {
          await this.#of.send(field, mine, this.#of.stamp(page));
          this.saved[field] = true;
          await this.#of.read().catch(() => undefined);
          return true;
        } catch (thrown) {
          // Another field may have changed, not this one: read anew and look.
          if (failureOf(thrown).code !== "changed_meanwhile") throw thrown;
          page = await this.#of.read();
        }
      }
      this.errors[field] = networkStrings.record.failed;
      return false;
    } catch (thrown) {
      this.errors[field] = sentence(failureOf(thrown).message);
      return false;
    }
  }
}

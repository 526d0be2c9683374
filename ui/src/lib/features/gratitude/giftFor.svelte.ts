/** Who the next gift is for, and where one came from. */
import type { GiftCandidate } from "$lib/ipc/bindings";

class GiftFor {
  #who: GiftCandidate | null = null;
  /** Where one goes back to. */
  back = "#/gratitude";

  /** The next form begins with this person. */
  set(who: GiftCandidate, back: string) {
    this.#who = who;
    this.back = back;
  }
  /** Whoever it begins with, once. */
  take(): GiftCandidate | null {
    const who = this.#who;
    this.#who = null;
    if (who === null) this.back = "#/gratitude";
    return who;
  }
}

export const giftFor = new GiftFor();

/** Where one was in the room; forgotten when the practice is locked. */
export type GratitudeTab = "thanks" | "waiting" | "ledger" | "meters" | "programmes";

class GratitudeView {
  tab: GratitudeTab = $state("thanks");
  /** Whose thanks are being written. */
  current: string | null = $state(null);
  /** The entry of the ledger that is shown. */
  entry: string | null = $state(null);

  leave() {
    this.tab = "thanks";
    this.current = null;
    this.entry = null;
  }
}

export const gratitudeView = new GratitudeView();

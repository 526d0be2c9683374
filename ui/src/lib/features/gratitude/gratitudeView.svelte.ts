/** Where one was in the room; forgotten when the practice is locked. */
export type GratitudeTab = "thanks" | "waiting" | "ledger" | "meters" | "together" | "programmes";

class GratitudeView {
  tab: GratitudeTab = $state("thanks");
  /** Whose thanks are being written. */
  current: string | null = $state(null);
  /** The entry of the ledger that is shown. */
  entry: string | null = $state(null);

  /** What is done together with a partner and shown. */
  offer: string | null = $state(null);

  leave() {
    this.tab = "thanks";
    this.current = null;
    this.entry = null;
    this.offer = null;
  }
}

export const gratitudeView = new GratitudeView();

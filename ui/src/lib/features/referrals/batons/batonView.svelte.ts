/** Which batons are shown, and how. Kept while the practice is open. */
import type { BatonQuery, Direction } from "$lib/ipc/bindings";

export type BatonTab = "open" | "late" | "soon" | "toAccept" | "mine";

const whole: Omit<BatonQuery, "cursor" | "limit"> = { mine: false, holder: null, overdue: false, dueSoon: false, toAccept: false, direction: null, stage: null, partner: null };

/** What is asked of the core for a tab. */
export function queryOf(tab: BatonTab): Omit<BatonQuery, "cursor" | "limit"> {
  if (tab === "late") return { ...whole, overdue: true };
  if (tab === "soon") return { ...whole, dueSoon: true };
  if (tab === "toAccept") return { ...whole, toAccept: true };
  if (tab === "mine") return { ...whole, mine: true };
  return whole;
}

class BatonView {
  tab: BatonTab = $state("open");
  arrangement: "list" | "board" = $state("list");
  /** What the columns of the board stand for. */
  grouping: "holder" | "stage" = $state("holder");
  /** By stage each direction has a board of its own: its path is another. */
  direction: Exclude<Direction, "internal"> = $state("inbound");
  current: string | null = $state(null);

  leave(): void {
    this.tab = "open";
    this.current = null;
  }
}

export const batonView = new BatonView();

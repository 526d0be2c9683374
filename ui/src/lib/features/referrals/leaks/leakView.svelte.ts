/** Which leaks are shown. Kept while the practice is open. */
import type { LeakTab } from "./model";

class LeakView {
  tab: LeakTab = $state("all");
  current: string | null = $state(null);

  leave(): void {
    this.tab = "all";
    this.current = null;
  }
}

export const leakView = new LeakView();

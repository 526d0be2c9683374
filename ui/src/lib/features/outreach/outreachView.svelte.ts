/** Where one was in the room; forgotten when the practice is locked. */
import type { CalendarMode } from "./days";

export type OutreachTab = "tasks" | "calendar" | "plans" | "playbooks";
export type Whose = "mine" | "all" | "settled";

class OutreachView {
  tab: OutreachTab = $state("tasks");
  whose: Whose = $state("mine");
  /** The task one stands on. */
  current: string | null = $state(null);
  mode: CalendarMode = $state("month");
  /** The day one stands on in the calendar; null: today. */
  day: string | null = $state(null);
  onlyMine = $state(false);
  /** The playbook that is read. */
  playbook: string | null = $state(null);

  leave() {
    this.tab = "tasks";
    this.whose = "mine";
    this.current = null;
    this.mode = "month";
    this.day = null;
    this.onlyMine = false;
    this.playbook = null;
  }
}

export const outreachView = new OutreachView();

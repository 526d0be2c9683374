/** Where one was in the room; forgotten when the practice is locked. */
export type FieldTab = "day" | "week" | "canvass" | "mileage";

class FieldView {
  tab: FieldTab = $state("day");
  /** The day that is shown; null: today. */
  on: string | null = $state(null);
  /** Whose; null: one's own. */
  liaison: string | null = $state(null);
  /** The stop one stands on. */
  stop: string | null = $state(null);
  /** The list that is canvassed. */
  list: string | null = $state(null);
  /** Who is not wanted today, by day and partner. */
  #passed: ReadonlySet<string> = $state.raw(new Set());

  pass(day: string, partner: string) {
    this.#passed = new Set([...this.#passed, `${day} ${partner}`]);
  }
  isPassed(day: string, partner: string): boolean {
    return this.#passed.has(`${day} ${partner}`);
  }

  leave() {
    this.tab = "day";
    this.on = null;
    this.liaison = null;
    this.stop = null;
    this.list = null;
    this.#passed = new Set();
  }
}

export const fieldView = new FieldView();

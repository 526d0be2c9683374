/**
 * A card carried with the pointer. The page's own drag and drop is not used: where files can be dropped on the window, some
 * systems keep every drag for themselves.
 */
import type { Baton } from "./model";

/** So far the pointer moves before a press becomes a carry. */
const SLACK = 6;
/** So near an edge of the board it moves along. */
const EDGE = 48;

export class Carry {
  baton: Baton | null = $state.raw(null);
  /** The lane below the pointer. */
  over: string | null = $state(null);
  x = $state(0);
  y = $state(0);
  width = $state(0);
  #pressed: { baton: Baton; card: HTMLElement; x: number; y: number; dx: number; dy: number } | null = null;

  press(event: PointerEvent, baton: Baton): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const card = event.currentTarget as HTMLElement;
    const box = card.getBoundingClientRect();
    this.width = box.width;
    this.#pressed = { baton, card, x: event.clientX, y: event.clientY, dx: event.clientX - box.left, dy: event.clientY - box.top };
  }

  move(event: PointerEvent, board: HTMLElement | undefined): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    if (!this.baton) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLACK) return;
      this.baton = pressed.baton;
      pressed.card.setPointerCapture?.(event.pointerId);
    }
    [this.x, this.y] = [event.clientX - pressed.dx, event.clientY - pressed.dy];
    this.over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-lane]")?.dataset.lane ?? null;
    if (!board) return;
    const { left, right } = board.getBoundingClientRect();
    if (event.clientX > right - EDGE) board.scrollLeft += 16;
    else if (event.clientX < left + EDGE) board.scrollLeft -= 16;
  }

  /** Lets go, and says what was carried where. */
  drop(): { baton: Baton; lane: string } | null {
    const [baton, lane] = [this.baton, this.over];
    this.cancel();
    return baton && lane ? { baton, lane } : null;
  }

  cancel(): void {
    this.baton = this.over = this.#pressed = null;
  }
}

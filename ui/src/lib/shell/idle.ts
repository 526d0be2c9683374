/** What counts as a person at work. Moving the pointer does; a screen that refreshes itself does not. */
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const LOOK_EVERY_MS = 5_000;

export interface IdleClock { now: () => number; target: EventTarget }

/**
 * Calls `onIdle` once after `minutes` without a sign of a person, and again after the next such
 * stretch. It compares clock times, so a computer that slept counts its sleep. Returns how to stop.
 */
export function watchIdle(minutes: number, onIdle: () => void, clock: IdleClock = { now: () => Date.now(), target: window }): () => void {
  let last = clock.now();
  let told = false;
  const look = () => {
    if (!told && clock.now() - last >= minutes * 60_000) {
      told = true;
      onIdle();
    }
  };
  const sign = () => {
    // The first movement after a long sleep must lock, not revive.
    look();
    last = clock.now();
    told = false;
  };
  for (const name of SIGNS) clock.target.addEventListener(name, sign, { passive: true, capture: true });
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const name of SIGNS) clock.target.removeEventListener(name, sign, { capture: true });
  };
}

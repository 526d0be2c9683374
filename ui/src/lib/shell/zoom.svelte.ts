/** How large everything is shown, in percent. A choice of the machine, not of the practice. */

const KEY = "baton.zoom";
export const zoomSteps = [75, 90, 100, 110, 125, 150, 175, 200] as const;
const USUAL = 100;

function remembered(): number {
  try {
    const kept = Number(localStorage.getItem(KEY));
    return zoomSteps.find((step) => step === kept) ?? USUAL;
  } catch {
    return USUAL;
  }
}

class Zoom {
  /** Tells the window. */
  onchange: (percent: number) => void = () => {};
  #value: number = $state(remembered());

  get value(): number {
    return this.#value;
  }

  set(percent: number): void {
    this.#value = percent;
    try {
      if (percent === USUAL) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, String(percent));
    } catch {
      // A window without storage keeps the choice until it closes.
    }
    this.apply();
  }

  /** One step larger or smaller, as far as there is one. */
  step(by: 1 | -1): void {
    const next = zoomSteps[zoomSteps.findIndex((step) => step === this.#value) + by];
    if (next !== undefined) this.set(next);
  }

  apply(): void {
    this.onchange(this.#value);
  }
}

export const zoom = new Zoom();

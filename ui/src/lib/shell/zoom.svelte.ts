import { device, usualChoices } from "./device.svelte";

export const zoomSteps = [75, 90, 100, 110, 125, 150, 175, 200] as const;

/** How large everything is shown, in percent. A choice of the machine, not of the practice. */
class Zoom {
  /** Tells the window. */
  onchange: (percent: number) => void = () => {};

  get value(): number {
    return zoomSteps.find((step) => step === device.chosen.zoom) ?? usualChoices.zoom;
  }

  set(percent: number): void {
    device.put({ zoom: percent });
    this.apply();
  }

  /** One step larger or smaller, as far as there is one. */
  step(by: 1 | -1): void {
    const next = zoomSteps[zoomSteps.findIndex((step) => step === this.value) + by];
    if (next !== undefined) this.set(next);
  }

  apply(): void {
    this.onchange(this.value);
  }
}

export const zoom = new Zoom();

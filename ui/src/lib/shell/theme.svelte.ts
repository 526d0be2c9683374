import { device, type Theme } from "./device.svelte";

export type { Theme };

/** Light, dark, or what the system says. A choice of the machine, not of the practice. */
class ThemeChoice {
  get value(): Theme {
    return device.chosen.theme;
  }

  set(theme: Theme): void {
    device.put({ theme });
    this.apply();
  }

  apply(): void {
    const root = document.documentElement;
    if (this.value === "system") delete root.dataset.theme;
    else root.dataset.theme = this.value;
  }
}

export const theme = new ThemeChoice();

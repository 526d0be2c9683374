export type Theme = "system" | "light" | "dark";

const KEY = "baton.theme";

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

/** Light, dark, or what the system says. A choice of the machine, not of the practice. */
class ThemeChoice {
  #value = $state<Theme>(remembered());

  get value(): Theme {
    return this.#value;
  }

  set(theme: Theme): void {
    this.#value = theme;
    try {
      if (theme === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // A window without storage keeps the choice until it closes.
    }
    this.apply();
  }

  apply(): void {
    const root = document.documentElement;
    if (this.#value === "system") delete root.dataset.theme;
    else root.dataset.theme = this.#value;
  }
}

export const theme = new ThemeChoice();

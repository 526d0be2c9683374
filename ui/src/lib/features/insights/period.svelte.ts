/** The period the scorecards are about: kept while one goes from the list to a partner and back. */
import type { NamedPeriod, Period, PeriodPreset } from "$lib/ipc/bindings";

class ChosenPeriod {
  preset: PeriodPreset | null = $state("trailing_year");
  custom: Period | null = $state.raw(null);

  choose(preset: PeriodPreset): void {
    this.preset = preset;
    this.custom = null;
  }

  between(period: Period): void {
    this.preset = null;
    this.custom = period;
  }

  /** Its dates, once the presets' dates of today are known. */
  of(presets: readonly NamedPeriod[] | undefined): Period | null {
    if (this.custom) return this.custom;
    return presets?.find((one) => one.preset === this.preset)?.period ?? null;
  }
}

export const chosenPeriod = new ChosenPeriod();

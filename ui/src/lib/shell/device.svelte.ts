/** What somebody chose for this computer, not for the practice. The shell is given it and says when it changed. */

export type Theme = "system" | "light" | "dark";

export interface DeviceChoices {
  theme: Theme;
  /** How large everything is shown, in percent. */
  zoom: number;
  /** Locks after so many minutes without a person. */
  idleMinutes: number;
  /** Whether single letters act as keys. */
  singleLetters: boolean;
  /** The system tells of reminders too. */
  notices: boolean;
}

export const usualChoices: DeviceChoices = { theme: "system", zoom: 100, idleMinutes: 10, singleLetters: true, notices: false };

class Device {
  /** Keeps them beyond the window. */
  onkeep: (choices: DeviceChoices) => void = () => {};
  #chosen: DeviceChoices = $state.raw(usualChoices);

  get chosen(): DeviceChoices {
    return this.#chosen;
  }

  /** What was chosen before. */
  begin(choices: DeviceChoices): void {
    this.#chosen = choices;
  }

  put(change: Partial<DeviceChoices>): void {
    this.#chosen = { ...this.#chosen, ...change };
    this.onkeep(this.#chosen);
  }
}

export const device = new Device();

/** Choices of this computer, not of the practice: kept beside the window, never in the file. */
import { keySettings } from "$lib/shell";

const IDLE_KEY = "baton.idle-minutes";
const LETTERS_KEY = "baton.single-letters";

export const IDLE_MIN = 1;
export const IDLE_MAX = 60;
const IDLE_USUAL = 10;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A window without storage keeps the choice until it closes.
  }
}

/** The minutes a text says, if they are allowed. */
export function idleMinutes(text: string | null): number | null {
  if (text === null || !/^\d{1,2}$/.test(text.trim())) return null;
  const minutes = Number(text);
  return minutes >= IDLE_MIN && minutes <= IDLE_MAX ? minutes : null;
}

/** After how many minutes without a person the practice locks itself. */
class Idle {
  #minutes = $state(idleMinutes(read(IDLE_KEY)) ?? IDLE_USUAL);

  get minutes(): number {
    return this.#minutes;
  }

  set(minutes: number): void {
    this.#minutes = Math.min(IDLE_MAX, Math.max(IDLE_MIN, Math.round(minutes)));
    write(IDLE_KEY, String(this.#minutes));
  }
}

/** Whether single letters act; people who speak to their computer turn them off. */
class Letters {
  #on = $state(read(LETTERS_KEY) !== "off");

  get on(): boolean {
    return this.#on;
  }

  set(on: boolean): void {
    this.#on = on;
    write(LETTERS_KEY, on ? "on" : "off");
    this.apply();
  }

  apply(): void {
    keySettings.singleLetters = this.#on;
  }
}

export const idle = new Idle();
export const letters = new Letters();

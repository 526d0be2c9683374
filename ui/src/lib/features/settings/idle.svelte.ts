/** Choices of this computer, not of the practice: how soon it locks, whether single letters act, what the system is told. */
import { device, keySettings } from "$lib/shell";

export const IDLE_MIN = 1;
export const IDLE_MAX = 60;

/** The minutes a text says, if they are allowed. */
export function idleMinutes(text: string | null): number | null {
  if (text === null || !/^\d{1,2}$/.test(text.trim())) return null;
  const minutes = Number(text);
  return minutes >= IDLE_MIN && minutes <= IDLE_MAX ? minutes : null;
}

/** After how many minutes without a person the practice locks itself. */
class Idle {
  get minutes(): number {
    return device.chosen.idleMinutes;
  }

  set(minutes: number): void {
    device.put({ idleMinutes: Math.min(IDLE_MAX, Math.max(IDLE_MIN, Math.round(minutes))) });
  }
}

/** Whether single letters act; people who speak to their computer turn them off. */
class Letters {
  get on(): boolean {
    return device.chosen.singleLetters;
  }

  set(on: boolean): void {
    device.put({ singleLetters: on });
    this.apply();
  }

  apply(): void {
    keySettings.singleLetters = this.on;
  }
}

/** Whether the system tells of reminders too, and whether it can be asked to. */
class Notices {
  readonly can: boolean = typeof navigator !== "undefined" && navigator.userAgent.includes("Linux");

  get on(): boolean {
    return device.chosen.notices;
  }

  set(on: boolean): void {
    device.put({ notices: on });
  }
}

export const notices = new Notices();
export const idle = new Idle();
export const letters = new Letters();

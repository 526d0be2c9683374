import type { TouchRow } from "$lib/ipc/bindings";
import type { Named } from "./touchForm";

/** The dialog of a touch: one for the whole window, opened from anywhere. */
class TouchDoor {
  isOpen = $state(false);
  partner = $state.raw<Named | null>(null);
  row = $state.raw<TouchRow | null>(null);
  /** Whom the snooze dialog is about. */
  snoozing = $state.raw<Named | null>(null);
  /** Touches are sorted. */
  sorting = $state(false);

  log = (partner: Named | null = null): void => {
    this.partner = partner;
    this.row = null;
    this.isOpen = true;
  };

  edit = (row: TouchRow): void => {
    this.partner = row.partner;
    this.row = row;
    this.isOpen = true;
  };

  snooze = (partner: Named): void => {
    this.snoozing = partner;
  };

  close = (): void => {
    this.isOpen = false;
    this.row = null;
    this.snoozing = null;
    this.sorting = false;
  };
}

export const touchDoor = new TouchDoor();

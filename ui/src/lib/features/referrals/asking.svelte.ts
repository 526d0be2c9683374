/** A referral whose sender is asked for afterwards: one dialog for the window. */
import type { RegisterRow } from "$lib/ipc/bindings";

class Asking {
  row: RegisterRow | null = $state.raw(null);

  about = (row: RegisterRow): void => {
    this.row = row;
  };

  leave = (): void => {
    this.row = null;
  };
}

export const asking = new Asking();

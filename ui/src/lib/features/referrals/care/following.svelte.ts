/** A low rating that somebody followed up and says what came of it: one dialog for the window. */
interface Followed {
  /** The experience. */
  id: string;
  patient: string;
}

class Following {
  open: Followed | null = $state.raw(null);

  about = (followed: Followed): void => {
    this.open = followed;
  };

  leave = (): void => {
    this.open = null;
  };
}

export const following = new Following();

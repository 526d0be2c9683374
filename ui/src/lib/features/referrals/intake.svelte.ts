/** The intake dialog: one for the whole window, opened from anywhere. */
class IntakeDoor {
  isOpen = $state(false);

  open = (): void => {
    this.isOpen = true;
  };

  close = (): void => {
    this.isOpen = false;
  };
}

export const intake = new IntakeDoor();

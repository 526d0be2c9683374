import type { Attachment } from "svelte/attachments";

const FIELDS = "input:not([type=hidden], :disabled), textarea:not(:disabled), select:not(:disabled)";

/**
 * Opens a `<dialog>` as a modal while it is in the page: the engine keeps the focus inside, makes
 * the rest inert and gives the focus back. Escape and a press on the ground ask `leave`.
 */
export function modal(leave: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const before = document.activeElement;
    const cancel = (event: Event) => {
      event.preventDefault();
      leave();
    };
    let pressedGround = false;
    const down = (event: PointerEvent) => { pressedGround = event.target === dialog; };
    const up = (event: PointerEvent) => {
      if (pressedGround && event.target === dialog) leave();
      pressedGround = false;
    };
    dialog.addEventListener("cancel", cancel);
    dialog.addEventListener("pointerdown", down);
    dialog.addEventListener("pointerup", up);
    if (!dialog.open) dialog.showModal();
    // The first field, not the close button, is what one came for.
    const first = dialog.querySelector<HTMLElement>("[autofocus]") ?? dialog.querySelector<HTMLElement>(FIELDS);
    first?.focus();
    return () => {
      dialog.removeEventListener("cancel", cancel);
      dialog.removeEventListener("pointerdown", down);
      dialog.removeEventListener("pointerup", up);
      if (dialog.open) dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  };
}

/**
 * Whether a key in a dialog asks for its main act: Mod+Enter anywhere, Enter in a line of text that
 * has not used the key itself (an open type-ahead does).
 */
export function asksToSubmit(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.altKey || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return event.target instanceof HTMLInputElement && !["checkbox", "radio"].includes(event.target.type);
}

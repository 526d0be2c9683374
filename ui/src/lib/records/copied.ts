/** What is copied where patients are shown leaves the clipboard after a while and at the lock; the core sees to it. */
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";

/** Rooms in which no patient is named. */
const WITHOUT_PATIENTS = ["partners", "people", "scorecards", "settings"];

/** Whether what is copied at this place may name a patient. A dialog may stand over any room. */
export function mayNamePatients(path: string, at: Element | null): boolean {
  return at?.closest("dialog") != null || !WITHOUT_PATIENTS.includes(path.split("/")[1] ?? "");
}

/** The text a copy takes: that of the field, or what is marked on the page. */
export function copiedText(at: Element | null): string {
  if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) {
    return at.value.slice(at.selectionStart ?? 0, at.selectionEnd ?? 0);
  }
  return String(document.getSelection() ?? "");
}

/** Listens to copying and cutting until the returned function is called. */
export function watchCopies(path: () => string): () => void {
  const heard = (event: Event) => {
    const at = event.target instanceof Element ? event.target : null;
    const text = mayNamePatients(path(), at) ? copiedText(at) : "";
    // What can't be watched over is copied all the same: the person asked for it.
    if (text !== "") ask(commands.clipboardCopied(text)).catch(() => undefined);
  };
  document.addEventListener("copy", heard);
  document.addEventListener("cut", heard);
  return () => {
    document.removeEventListener("copy", heard);
    document.removeEventListener("cut", heard);
  };
}

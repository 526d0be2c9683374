/** Paper: the window is printed in light colours whatever it shows. */
import { tick } from "svelte";
import { ask, failureOf } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";
import { toasts } from "$lib/design";

/** Opens the system's print dialog; what is on the paper is decided by the print styles. The log says which screen, and which record was on it. */
export async function printPage(screen: string, record: string | null = null): Promise<void> {
  // The sheet is laid out in its own letters, then parted into pages.
  await tick();
  await document.fonts?.ready;
  await tick();
  await tick();
  const root = document.documentElement;
  const theme = root.dataset.theme;
  root.dataset.theme = "light";
  const giveBack = () => {
    removeEventListener("afterprint", giveBack);
    removeEventListener("focus", giveBack);
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  addEventListener("afterprint", giveBack);
  addEventListener("focus", giveBack);
  try {
    await ask(commands.printWindow(screen, record));
  } catch (thrown) {
    giveBack();
    toasts.show({ text: failureOf(thrown).message, tone: "late" });
  }
}

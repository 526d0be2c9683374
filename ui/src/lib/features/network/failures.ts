/** What the core refused, as a sentence that can stand beside a field. */
import { toasts } from "$lib/design";
import { failureOf } from "$lib/ipc/call";

/** Begins with a capital and ends with a full stop. */
export function sentence(message: string): string {
  const text = message.trim();
  const begun = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}

/** The failure's sentence. */
export function sentenceOf(thrown: unknown): string {
  return sentence(failureOf(thrown).message);
}

/** For acts without a field of their own: tells the failure in a toast. True when it worked. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    toasts.show({ text: sentenceOf(thrown), tone: "late" });
    return false;
  }
}

/** Who of us can look after a partner. */
import type { DoorView, Owner } from "$lib/ipc/bindings";
import { networkStrings } from "./strings";

/** Our colleagues, and whoever still looks after somebody on the screen, by name; who left says so. */
export function knownOwners(door: DoorView | undefined, seen: readonly (Owner | null)[]): { value: string; label: string }[] {
  const names = new Map<string, string>();
  const session = door?.session;
  for (const colleague of session?.colleagues ?? []) names.set(colleague.id, colleague.name);
  for (const owner of seen) {
    if (owner && !names.has(owner.id)) names.set(owner.id, session ? networkStrings.retired(owner.name) : owner.name);
  }
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}

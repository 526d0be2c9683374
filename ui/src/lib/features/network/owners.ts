/** Who of us can look after a partner. */
import type { DoorView, Owner } from "$lib/ipc/bindings";

/** The person at the desk, and everybody who looks after somebody on the screen, by name. */
export function knownOwners(door: DoorView | undefined, seen: readonly (Owner | null)[]): { value: string; label: string }[] {
  const names = new Map<string, string>();
  const session = door?.session;
  if (session) names.set(session.profile, session.name);
  for (const owner of seen) if (owner) names.set(owner.id, owner.name);
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}

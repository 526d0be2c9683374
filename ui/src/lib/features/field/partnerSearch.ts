/** Offices and businesses by name, for a type-ahead. */
import type { Option, Search } from "$lib/design";
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";

export interface FoundPartner { id: string; name: string }

/** Asks for partners one can visit; those in `without` are left out. */
export function partnerSearch(without: () => readonly string[]): Search<FoundPartner> {
  return async (text) => {
    const found = await ask(commands.partnersList({ filter: { text, class: ["medical", "business"] }, limit: 12 }));
    return found.rows
      .filter((row) => !without().includes(row.id))
      .slice(0, 8)
      .map((row): Option<FoundPartner> => ({ id: row.id, label: row.name, detail: row.city || undefined, shape: "org", value: { id: row.id, name: row.name } }));
  };
}

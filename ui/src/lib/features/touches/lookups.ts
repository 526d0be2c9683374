import type { Option, Search } from "$lib/design";
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";

/** Partners by name, telephone or NPI. */
export const findPartners: Search<unknown> = async (text) => {
  const hits = await ask(commands.searchEverything(text, "referrers", 20));
  return hits
    .filter((hit) => hit.kind === "partner")
    .slice(0, 8)
    .map((hit): Option => ({ id: hit.id, label: hit.title, detail: hit.detail || undefined, shape: hit.individual ? "person" : "org", value: hit }));
};

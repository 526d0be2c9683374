/** Type-aheads over the network. */
import type { Option, Search } from "$lib/design";
import { ask } from "$lib/ipc/call";
import { commands, type HitKind } from "$lib/ipc/bindings";

const finder = (kind: HitKind, without: () => string | null): Search<unknown> => async (text) => {
  const hits = await ask(commands.searchEverything(text, "referrers", 20));
  return hits
    .filter((hit) => hit.kind === kind && hit.id !== without())
    .slice(0, 8)
    .map((hit): Option => ({ id: hit.id, label: hit.title, detail: hit.detail || undefined, shape: kind === "partner" && !hit.individual ? "org" : "person", value: hit }));
};

/** Partners by name, telephone or NPI; `without` leaves the record itself out. */
export const findPartners = (without: () => string | null = () => null): Search<unknown> => finder("partner", without);

/** People by name, telephone or NPI. */
export const findPeople = (without: () => string | null = () => null): Search<unknown> => finder("person", without);

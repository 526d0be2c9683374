/** What the screens of this room look up. */
import type { Option, Search } from "$lib/design";
import { ask } from "$lib/ipc/call";
import { commands, type Colleague, type Session, type TaskPartner } from "$lib/ipc/bindings";

/** Partners by name, telephone or NPI. */
export const findPartners: Search<TaskPartner> = async (text) => {
  const hits = await ask(commands.searchEverything(text, "referrers", 20));
  return hits
    .filter((hit) => hit.kind === "partner")
    .slice(0, 8)
    .map((hit): Option<TaskPartner> => ({ id: hit.id, label: hit.title, detail: hit.detail || undefined, shape: hit.individual ? "person" : "org", value: { id: hit.id, name: hit.title, individual: Boolean(hit.individual) } }));
};

export const partnerOption = (partner: TaskPartner): Option<TaskPartner> => ({ id: partner.id, label: partner.name, shape: partner.individual ? "person" : "org", value: partner });

export const doorQuery = () => ({ queryKey: ["door"], queryFn: () => ask(commands.door()) });

/** Whom a task can be given to; somebody who left stays named on what is theirs. */
export function holderOptions(session: Session | null | undefined, kept?: { id: string; name: string }): { value: string; label: string }[] {
  const all: Pick<Colleague, "id" | "name">[] = [...(session?.colleagues ?? [])];
  if (session && !all.some(({ id }) => id === session.profile)) all.push({ id: session.profile, name: session.name });
  if (kept && !all.some(({ id }) => id === kept.id)) all.push(kept);
  return all.map(({ id, name }) => ({ value: id, label: name })).sort((a, b) => a.label.localeCompare(b.label));
}

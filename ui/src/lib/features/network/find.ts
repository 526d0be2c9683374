/** Quick search over everything, for the palette. */
import { goto } from "$app/navigation";
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";
import type { FindRecords } from "$lib/shell";

const kinds = { partner: "Partner", person: "Person", patient: "Patient" } as const;

export const findRecords: FindRecords = async (text) => {
  const hits = await ask(commands.searchEverything(text, "everything", 12));
  return hits.map((hit) => ({
    id: hit.id,
    label: hit.title,
    detail: hit.detail,
    kind: kinds[hit.kind],
    shape: hit.kind === "partner" ? "org" : "person",
    run: () => {
      const href = { partner: `#/partners/${hit.id}`, person: `#/people/${hit.id}`, patient: `#/referrals?patient=${encodeURIComponent(hit.title)}` }[hit.kind];
      void goto(href);
    },
  }));
};

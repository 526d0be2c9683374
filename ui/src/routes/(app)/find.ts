/** Quick search over everything, for the palette. Where a hit leads is said by the rooms' addresses; a patient's name never is. */
import { goto } from "$app/navigation";
import { registerView } from "$lib/features/referrals/registerView.svelte";
import { ask } from "$lib/ipc/call";
import { commands, type Hit } from "$lib/ipc/bindings";
import type { FindRecords } from "$lib/shell";
import { appStrings } from "./strings";

const LIMIT = 12;

function open(hit: Hit): void {
  switch (hit.kind) {
    case "partner":
      void goto(`#/partners/${hit.id}`);
      return;
    case "person":
      void goto(`#/people/${hit.id}`);
      return;
    case "patient":
      registerView.showPatient(hit.title);
      void goto("#/referrals");
  }
}

export const findRecords: FindRecords = async (text) => {
  const hits = await ask(commands.searchEverything(text, "everything", LIMIT));
  return hits.map((hit) => ({
    id: hit.id,
    label: hit.title,
    detail: hit.detail,
    kind: appStrings.kinds[hit.kind],
    shape: hit.kind === "partner" && !hit.individual ? "org" : "person",
    run: () => open(hit),
  }));
};

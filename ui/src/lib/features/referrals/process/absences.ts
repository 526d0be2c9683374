/** Absences as the settings show them: now, coming and past, and what a form says of one. */
import type { Absence, BatonCounts, Colleague } from "$lib/ipc/bindings";
import { newId } from "./ids";
import { processStrings } from "./strings";

const words = processStrings.absences.form;

export interface AbsenceGroups { now: Absence[]; coming: Absence[]; past: Absence[] }

/** Now and coming by their first day, the past by its last, the newest first. */
export function groupsOf(absences: readonly Absence[], today: string): AbsenceGroups {
  const byFirst = [...absences].sort((one, other) => one.from.localeCompare(other.from));
  return {
    now: byFirst.filter((one) => one.from <= today && today <= one.to),
    coming: byFirst.filter((one) => one.from > today),
    past: byFirst.filter((one) => one.to < today).sort((one, other) => other.to.localeCompare(one.to)),
  };
}

/** What is typed. */
export interface AbsenceForm { profile: string; from: string | null; to: string | null; deputy: string }

export type AbsenceErrors = Partial<Record<"profile" | "from" | "to" | "deputy", string>>;

/** The absence a form says, or what is missing. Whether it can be kept is the core's to say. */
export function absenceOf(form: AbsenceForm, id: string | null): Absence | AbsenceErrors {
  const { profile, from, to } = form;
  if (profile === "" || from === null || to === null) {
    return { ...(profile === "" ? { profile: words.whoMissing } : {}), ...(from === null ? { from: words.fromMissing } : {}), ...(to === null ? { to: words.toMissing } : {}) };
  }
  return { id: id ?? newId(), profile, from, to, deputy: form.deputy === "" ? null : form.deputy };
}

export const isAbsence = (read: Absence | AbsenceErrors): read is Absence => "id" in read;

/** An absence of the deputy within the same days. */
export function deputyAway(form: AbsenceForm, absences: readonly Absence[]): Absence | null {
  const { deputy, from, to } = form;
  if (deputy === "" || from === null || to === null || deputy === form.profile) return null;
  return absences.find((one) => one.profile === deputy && one.from <= to && from <= one.to) ?? null;
}

/** How many batons somebody has now, and how many of them are late. */
export function batonsOf(counts: BatonCounts | undefined, profile: string): { open: number; late: number } {
  const found = counts?.holders.find(({ holder }) => holder.kind === "profile" && holder.id === profile);
  return { open: found?.open ?? 0, late: found?.late ?? 0 };
}

export const nameOf = (colleagues: readonly Colleague[], profile: string | null): string | null =>
  profile === null ? null : (colleagues.find(({ id }) => id === profile)?.name ?? processStrings.absences.gone);

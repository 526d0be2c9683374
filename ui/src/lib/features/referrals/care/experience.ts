/** An experience while it is being put down, and as it is shown. */
import type { Experience, NewExperience } from "$lib/ipc/bindings";
import { LOW } from "./rating";
import { careStrings } from "./strings";

const words = careStrings.experience;

export type ExperienceForm = Omit<NewExperience, "comment"> & { comment: string };

/** An empty form for a visit; the day of the referral's visit where it is known. */
export const emptyForm = (visitOn: string): ExperienceForm => ({ visitOn, rating: null, confidence: null, tookPart: null, comment: "" });

/** Something stands in it that would be lost. */
export const hasWords = (form: ExperienceForm): boolean => form.rating !== null || form.confidence !== null || form.tookPart !== null || form.comment.trim() !== "";

/** A form that was kept, or null where what was kept is none. */
export function formOf(body: string | null): ExperienceForm | null {
  if (body === null) return null;
  try {
    const kept: unknown = JSON.parse(body);
    if (typeof kept !== "object" || kept === null || !("comment" in kept) || typeof kept.comment !== "string") return null;
    const rating = (key: string) => {
      const value = (kept as Record<string, unknown>)[key];
      return typeof value === "number" ? value : null;
    };
    const day = (kept as Record<string, unknown>).visitOn;
    return { visitOn: typeof day === "string" ? day : null, rating: rating("rating"), confidence: rating("confidence"), tookPart: rating("tookPart"), comment: kept.comment };
  } catch {
    return null;
  }
}

/** What is asked of the core. */
export const newExperience = (form: ExperienceForm): NewExperience => ({ ...form, comment: form.comment.trim() === "" ? null : form.comment });

/** It asks for a call that nobody has made. */
export const asksForCall = (one: Experience): boolean => one.rating !== null && one.rating <= LOW && one.followedUpOn === null;

/** The three ratings in words; what was not said is "—". */
export const ratingsOf = (one: Experience): { label: string; value: string }[] => [
  { label: words.rating, value: words.of(one.rating, 10) },
  { label: words.confidence, value: words.of(one.confidence, 10) },
  { label: words.tookPart, value: words.of(one.tookPart, 10) },
];

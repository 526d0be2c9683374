import type { IconName } from "./icons";

/** One answer of a type-ahead. */
export interface Option<T = unknown> {
  id: string;
  label: string;
  /** Second line: where they work, what they are known for. */
  detail?: string;
  /** At the right: where the answer comes from ("Partner", "Patient", "From directory"). */
  source?: string;
  /** Initials of `label` in a circle unless an icon or an organisation. */
  icon?: IconName;
  shape?: "person" | "org";
  ours?: boolean;
  value: T;
}

export type Search<T> = (text: string, signal: AbortSignal) => Promise<readonly Option<T>[]>;

/** Index of the entry after a move with wrap-around; -1 where there is none. */
export function step(at: number, by: 1 | -1, length: number): number {
  return length === 0 ? -1 : (at + by + length) % length;
}

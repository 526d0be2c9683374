import type { IconName } from "$lib/design";

/** Something the palette can do. */
export interface Command {
  id: string;
  label: string;
  icon?: IconName;
  keys?: string;
  /** Other words people use for it: "excel" finds "Export the scorecards". */
  words?: string;
  run: () => void;
}

/** Something the palette found: a partner, a person, a referral. */
export interface Hit {
  id: string;
  label: string;
  detail?: string;
  /** At the right: "Partner", "Person", "Referral". */
  kind: string;
  icon?: IconName;
  shape?: "person" | "org";
  ours?: boolean;
  run: () => void;
}

export type FindRecords = (text: string, signal: AbortSignal) => Promise<readonly Hit[]>;

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Commands whose words begin with every word typed, best first: matches in the label before matches in `words`. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const wanted = fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (wanted.length === 0) return [...commands];
  const begins = (where: string) => {
    const words = fold(where).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  };
  const byLabel = commands.filter((command) => begins(command.label));
  const byWords = commands.filter((command) => !byLabel.includes(command) && begins(`${command.label} ${command.words ?? ""}`));
  return [...byLabel, ...byWords];
}

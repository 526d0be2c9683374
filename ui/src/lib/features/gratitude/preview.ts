/** A letter as it is shown while it is written. */

/** A stretch of the text, or a field nobody filled yet. */
export interface Piece {
  text: string;
  field: string | null;
}

/** The text with what is still missing told apart; braces somebody wrote for themselves stay as they are. */
export function piecesOf(text: string, missing: readonly string[]): Piece[] {
  return text
    .split(/(\{\w+\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const field = part.slice(1, -1);
      return part.startsWith("{") && missing.includes(field) ? { text: part, field } : { text: part, field: null };
    });
}

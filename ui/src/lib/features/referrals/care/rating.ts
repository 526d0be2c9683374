/** A rating typed as a figure: 0 to 5, or 0 to 10 with a quick 1 and 0. */

/** So soon after a 1 a 0 makes it 10. */
export const TEN_WITHIN_MS = 1200;

/** A rating of so much or less asks for a call. */
export const LOW = 6;

/**
 * The rating after a key; undefined where the key says nothing about it.
 * @param justOne a 1 was typed a moment ago
 */
export function afterKey(key: string, most: number, justOne: boolean): number | null | undefined {
  if (key === "Backspace" || key === "Delete") return null;
  if (!/^[0-9]$/.test(key)) return undefined;
  const figure = Number(key);
  if (figure === 0 && justOne && most >= 10) return 10;
  return figure <= most ? figure : undefined;
}

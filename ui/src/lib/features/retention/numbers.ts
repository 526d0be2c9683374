/** The whole number a text says, if it lies within its limits. */
export function whole(text: string, from: number, to: number): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const number = Number(text);
  return number >= from && number <= to ? number : null;
}

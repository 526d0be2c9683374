/** Amounts as people type them. */

/** "132.48", "$1,200" or "15" in cents; null for anything else. */
export function readMoney(text: string): number | null {
  const plain = text.trim().replace(/^\$\s*/, "").replaceAll(",", "");
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return null;
  const [whole = "0", part = ""] = plain.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

/** Cents as they are edited: "132.48". */
export function writeMoney(cents: number | null | undefined): string {
  return cents === null || cents === undefined ? "" : (cents / 100).toFixed(2);
}

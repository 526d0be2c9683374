/** Codes of the practice's own reasons: they stay on record when the words change. */

/** A code nobody has yet, made of the words; it joins those taken. */
export function codeFor(text: string, taken: Set<string>): string {
  const stem = `own_${text.toLocaleLowerCase("en-US").replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "").slice(0, 28) || "reason"}`;
  let code = stem;
  for (let n = 2; taken.has(code); n += 1) code = `${stem}_${n}`;
  taken.add(code);
  return code;
}

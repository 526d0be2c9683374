/** Titles and degrees that are not part of a person's initials. */
const TITLES = /^(dr|prof|mr|mrs|ms|mx|sr|sra|rev)\.?$/i;

/** Two letters for an avatar: "Dr. Keiko Ito, MD" is KI, "Ito, Keiko" is KI too. */
export function initials(name: string): string {
  const [before = "", after = ""] = name.split(",", 2).map((part) => part.trim());
  const given = /^\p{Lu}[\p{Ll}'’-]+/u.test(after) ? `${after} ${before}` : before;
  const words = given.split(/\s+/).filter((word) => word !== "" && !TITLES.test(word));
  const first = words[0] ?? name.trim();
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letter = (word: string | undefined) => [...(word ?? "")].find((c) => /[\p{L}\p{N}]/u.test(c)) ?? "";
  return (letter(first) + letter(last)).toLocaleUpperCase();
}

/** A stretch of a label, and whether the query matched it. */
export interface Part { text: string; hit: boolean }

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Splits a label so that the beginnings of words the query names can stand in bold: "kei it" in "Keiko Ito". */
export function matchParts(label: string, query: string): Part[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [{ text: label, hit: false }];
  const left = [...wanted];
  const parts: Part[] = [];
  const push = (text: string, hit: boolean) => {
    if (text === "") return;
    const last = parts[parts.length - 1];
    if (last && last.hit === hit) last.text += text;
    else parts.push({ text, hit });
  };
  for (const piece of label.split(/([\p{L}\p{N}\p{M}]+)/u)) {
    const at = left.findIndex((word) => piece !== "" && fold(piece).startsWith(word));
    const word = left[at];
    if (word === undefined) {
      push(piece, false);
      continue;
    }
    left.splice(at, 1);
    // Letters of the label that fold to the word's length: an accent must not shift the cut.
    let cut = 0;
    while (cut < piece.length && fold(piece.slice(0, cut)).length < word.length) cut++;
    push(piece.slice(0, cut), true);
    push(piece.slice(cut), false);
  }
  return parts;
}

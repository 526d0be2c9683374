/** Looks for words that must never reach the disk in the clear. */
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every regular file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The files below a folder that hold one of the words, in UTF-8 or UTF-16, in any case. */
export function tracesBelow(folder: string, words: readonly string[]): string[] {
  return filesBelow(folder).flatMap((path) => {
    const found = words.filter((word) => holds(path, word));
    return found.map((word) => `${path} holds “${word}”`);
  });
}

function holds(path: string, word: string): boolean {
  if (lstatSync(path).size === 0) return false;
  const bytes = readFileSync(path).toString('latin1').toLowerCase();
  return (['utf8', 'utf16le'] as const).some((coding) =>
    bytes.includes(Buffer.from(word.toLowerCase(), coding).toString('latin1').toLowerCase()),
  );
}

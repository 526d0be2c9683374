/** The guide names every message a person can meet, word for word. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const project = join(process.cwd(), "..");
const guide = join(project, "docs/guide");
/** Everything below a folder whose name ends so. */
function source(folder: string, ...ends: string[]): string {
  const all = readdirSync(join(project, folder), { recursive: true, encoding: "utf8" });
  return all.filter((path) => ends.some((end) => path.endsWith(end)) && !path.endsWith(".test.ts")).map((path) => readFileSync(join(project, folder, path), "utf8")).join("\n");
}

/** As the border to the window sends it: a capital first, a full stop last, and … for what differs. */
function sentence(text: string): string {
  const told = text.replace(/\\"/g, '"').replace(/\{[^}]*\}/g, "…").trim();
  const whole = told.charAt(0).toLocaleUpperCase() + told.slice(1);
  return /[.?!…]$/.test(whole) ? whole : `${whole}.`;
}
const nameless = (text: string) => sentence(text).replace(/[….]/g, "") === "";

/** Every failure the core can tell, every one of the window around it, and every one a screen says by itself. */
function messages(): Set<string> {
  const rust = source("src-tauri/core/src", ".rs");
  const told = [...rust.matchAll(/#\[error\(\s*"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? "").filter((text) => !nameless(text)).map(sentence);
  const shell = source("src-tauri/src", ".rs").replace(/#\[cfg\(test\)\][\s\S]*?\n}\n/g, "");
  const window = [...shell.matchAll(/CommandError::new\(\s*ErrorCode::\w+,\s*"([^"]+)"/g)].map((found) => sentence(found[1] ?? ""));
  const screens = source("ui/src/lib", ".ts", ".svelte") + source("ui/src/routes", ".ts", ".svelte");
  const own = [...screens.matchAll(/\b(?:failed|loadFailed|searchFailed|doorFailed|lost|broken): "([^"]+[.])"/g)].map((found) => found[1] ?? "");
  return new Set([...told, ...window, ...own]);
}

/** The rows of all tables: what Baton says, what happened, what to do. */
function rows(): { says: string; cells: string[] }[] {
  return readFileSync(join(guide, "messages.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| Baton says"))
    .map((line) => line.slice(2, -2).split(" | "))
    .map((cells) => ({ says: cells[0] ?? "", cells }));
}

describe("the guide", () => {
  it("has a row for every message", () => {
    const known = new Set(rows().map(({ says }) => says));
    expect([...messages()].filter((message) => !known.has(message))).toEqual([]);
  });

  it("says of each once what happened and what to do", () => {
    const all = rows();
    expect(new Set(all.map(({ says }) => says)).size).toBe(all.length);
    expect(all.filter(({ cells }) => cells.length !== 3 || cells.some((cell) => cell.trim() === ""))).toEqual([]);
  });

  it("points only to files and pictures that are there", () => {
    const broken = readdirSync(guide).filter((name) => name.endsWith(".md")).flatMap((page) => {
      const text = readFileSync(join(guide, page), "utf8");
      return [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((found) => found[1] ?? "").filter((to) => !/^https?:/.test(to) && !existsSync(join(guide, to)));
    });
    expect(broken).toEqual([]);
  });
});

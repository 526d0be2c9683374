import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

function svelteFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return svelteFiles(path);
    return entry.name.endsWith(".svelte") ? [path] : [];
  });
}

/** What the window's content policy would refuse at run time, or what could run text as markup. */
function breaches(source: string): string[] {
  const found: string[] = [];
  const markup = source.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<!--[\s\S]*?-->/g, "");
  if (/\sstyle\s*=/.test(markup.replace(/<style[\s\S]*?<\/style>/g, ""))) found.push("a style attribute");
  if (/\{@html\b/.test(markup)) found.push("{@html}");
  if (/<style[^>]*\blang=/.test(markup)) found.push("a style language");
  return found;
}

describe("the content policy", () => {
  it("is kept by every component: no style attribute, no {@html}", () => {
    const bad = svelteFiles(join(process.cwd(), "src")).flatMap((path) =>
      breaches(readFileSync(path, "utf8")).map((what) => `${path}: ${what}`),
    );
    expect(bad).toEqual([]);
  });

  it("is seen to be broken by a style attribute or {@html}", () => {
    expect(breaches('<p style="color: red">x</p>')).toEqual(["a style attribute"]);
    expect(breaches("<p style={colour}>x</p>")).toEqual(["a style attribute"]);
    expect(breaches("<p>{@html text}</p>")).toEqual(["{@html}"]);
  });

  it("allows style directives, which go through the object model", () => {
    expect(breaches('<p style:width="{n}%">x</p>')).toEqual([]);
  });
});

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const INLINE_SCRIPT = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/**
 * Moves every inline script of a page into a file of its own, in the same place, so that the page
 * runs under `script-src 'self'`. A script that says nothing is dropped.
 * @param {string} html
 * @param {(name: string, code: string) => void} write
 * @returns {string}
 */
export function moveInlineScripts(html, write) {
  return html.replace(INLINE_SCRIPT, (_whole, attributes, code) => {
    const text = code.trim();
    if (text === "") return "";
    const name = `start.${createHash("sha256").update(text).digest("hex").slice(0, 8)}.js`;
    write(name, `${text}\n`);
    return `<script${attributes} src="./${name}"></script>`;
  });
}

/**
 * Says what in a page the strict content policy would refuse.
 * @param {string} html
 * @returns {string[]}
 */
export function policyBreaches(html) {
  const found = [];
  if (/<script(?![^>]*\bsrc=)/.test(html)) found.push("an inline script");
  if (/<style\b/.test(html)) found.push("an inline style sheet");
  if (/\sstyle=/.test(html)) found.push("a style attribute");
  if (/\son[a-z]+=/.test(html)) found.push("an inline event handler");
  return found;
}

/**
 * The adapter, then its fallback page with no inline script left; the build fails if the page
 * would not run under the window's content policy.
 * @param {import("@sveltejs/kit").Adapter} adapter
 * @returns {import("@sveltejs/kit").Adapter}
 */
export function externaliseInlineScripts(adapter, folder = "build", page = "index.html") {
  return {
    ...adapter,
    name: `${adapter.name}, no inline scripts`,
    async adapt(builder) {
      await adapter.adapt(builder);
      const path = join(folder, page);
      const html = moveInlineScripts(readFileSync(path, "utf8"), (name, code) => {
        writeFileSync(join(folder, name), code);
      });
      const breaches = policyBreaches(html);
      if (breaches.length > 0) throw new Error(`${path} holds ${breaches.join(" and ")}`);
      writeFileSync(path, html);
    },
  };
}

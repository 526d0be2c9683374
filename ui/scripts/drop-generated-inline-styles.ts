import type { Plugin } from "vite";

/**
 * The framework's generated root holds its route announcer with a `style` attribute, which the
 * content policy refuses. The same look stands in app.css under `#svelte-announcer`.
 */
export function dropGeneratedInlineStyles(): Plugin {
  return {
    name: "baton:drop-generated-inline-styles",
    enforce: "pre",
    transform(code, id) {
      if (!/\/generated\/root\.svelte$/.test(id)) return null;
      return { code: code.replace(/(<div id="svelte-announcer"[^>]*?)\sstyle="[^"]*"/, "$1"), map: null };
    },
  };
}

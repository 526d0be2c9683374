import adapter from "@sveltejs/adapter-static";
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import { externaliseInlineScripts } from "./scripts/externalise-inline-scripts.js";

/**
 * A static single-page app for the window's own protocol. Routes live in the hash, so any file
 * server without rewriting can serve it, and the strict content policy holds: no inline script
 * and no inline style leaves the build.
 * @type {import("@sveltejs/kit").Config}
 */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: externaliseInlineScripts(adapter({ fallback: "index.html", pages: "build", assets: "build" })),
    output: { bundleStrategy: "single" },
    router: { type: "hash" },
    version: { name: "0.1.0" },
    typescript: {
      config: (config) => ({ ...config, include: [...config.include, "../gallery/**/*", "../scripts/**/*", "../*.ts", "../*.js"] }),
    },
  },
};

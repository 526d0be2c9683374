import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery of all parts, for looking at them. A build of its own: nothing of it is in the app. */
export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { $lib: here("../src/lib") } },
  build: { outDir: here("../.svelte-kit/gallery"), emptyOutDir: true },
});

import { sveltekit } from "@sveltejs/kit/vite";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { dropGeneratedInlineStyles } from "./scripts/drop-generated-inline-styles.ts";

export default defineConfig({
  plugins: [dropGeneratedInlineStyles(), sveltekit(), svelteTesting()],
  // The tags the window's engines need at least: WebView2, WKWebView 17, WebKitGTK 2.44.
  build: { target: ["chrome120", "safari17"] },
  server: { host: "127.0.0.1" },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "scripts/**/*.test.ts"],
    restoreMocks: true,
  },
});

import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";
import { tiers } from "./scripts/tiers.js";

export default ts.config(
  { ignores: ["build/", ".svelte-kit/", "node_modules/", "gallery/build/", "src/lib/ipc/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    plugins: { baton: { rules: { tiers } } },
    rules: {
      "baton/tiers": "error",
      "no-console": "error",
      "no-undef": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/unified-signatures": "off",
      "svelte/no-at-html-tags": "error",
      // Style attributes are refused by src/policy.test.ts; `style:name={value}` is allowed.
      "svelte/no-navigation-without-resolve": "off",
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/require-each-key": "error",
    },
  },
  {
    files: ["scripts/**"],
    rules: { "no-console": "off" },
  },
);

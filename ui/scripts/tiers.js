/**
 * Who may import whom: routes > features > records > shell > design, each only downwards; a feature
 * never another feature; the window's own interface (`@tauri-apps/*`) only in `src/lib/ipc`.
 */

/** @typedef {{ tier: "design" | "shell" | "records" | "feature" | "ipc" | "route" | "other", feature: string | null }} Place */

/** @param {string} path @returns {Place} */
export function placeOf(path) {
  const feature = /(?:src\/lib|\$lib)\/features\/([^/]+)/.exec(path);
  if (feature) return { tier: "feature", feature: feature[1] ?? null };
  if (/(?:src\/lib|\$lib)\/design(?:\/|$)/.test(path)) return { tier: "design", feature: null };
  if (/(?:src\/lib|\$lib)\/shell(?:\/|$)/.test(path)) return { tier: "shell", feature: null };
  if (/(?:src\/lib|\$lib)\/records(?:\/|$)/.test(path)) return { tier: "records", feature: null };
  if (/(?:src\/lib|\$lib)\/ipc(?:\/|$)/.test(path)) return { tier: "ipc", feature: null };
  if (/src\/routes\//.test(path)) return { tier: "route", feature: null };
  return { tier: "other", feature: null };
}

/** @param {string} file @param {string} source @returns {string} */
function target(file, source) {
  if (!source.startsWith(".")) return source;
  const parts = file.split("/").slice(0, -1);
  for (const step of source.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

/**
 * Why `file` may not import `source`, or null when it may.
 * @param {string} file @param {string} source @returns {string | null}
 */
export function refusal(file, source) {
  const from = placeOf(file);
  if (source.startsWith("@tauri-apps/")) {
    return from.tier === "ipc" ? null : "Only src/lib/ipc speaks to the window; import from $lib/ipc.";
  }
  const to = placeOf(target(file, source));
  if (from.tier === "design" && to.tier !== "design" && to.tier !== "other") return "The design system imports nothing above it.";
  if (from.tier === "shell" && (to.tier === "feature" || to.tier === "records" || to.tier === "ipc" || to.tier === "route")) return "The shell is given data and callbacks; it imports no feature and no command.";
  if (from.tier === "records" && (to.tier === "feature" || to.tier === "route" || to.tier === "shell")) return "What all records share knows no feature; it is given what it needs.";
  if (from.tier === "ipc" && to.tier !== "ipc" && to.tier !== "other") return "The border to the core imports nothing of the screens.";
  if (from.tier === "feature" && to.tier === "feature" && from.feature !== to.feature) return `${from.feature} may not import ${to.feature}; what both need belongs in design or comes from the route.`;
  if (from.tier === "feature" && to.tier === "route") return "A feature imports no route.";
  return null;
}

/** @type {import("eslint").Rule.RuleModule} */
export const tiers = {
  meta: { type: "problem", schema: [], messages: { refused: "{{reason}}" } },
  create(context) {
    const file = context.filename.replaceAll("\\", "/");
    /** @param {import("estree").Node & { source?: unknown }} node */
    const check = (node) => {
      const source = node.source && typeof node.source === "object" && "value" in node.source ? node.source.value : null;
      const reason = typeof source === "string" ? refusal(file, source) : null;
      if (reason) context.report({ node, messageId: "refused", data: { reason } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canTakeBack, entrySentence, knownActions, sentenceOf } from "./actions";

function rustFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? rustFiles(path) : entry.name.endsWith(".rs") ? [path] : [];
  });
}

/** The codes the core gives to what it writes, in code that is not a test. */
function codesOfCore(): string[] {
  const codes = rustFiles(join(process.cwd(), "../src-tauri/core/src"))
    .filter((path) => !/test/.test(path.split("/src-tauri/core/src/")[1] ?? path))
    .flatMap((path) => {
      const source = readFileSync(path, "utf8").split("#[cfg(test)]")[0] ?? "";
      return [...source.matchAll(/(?:Label::\w+\(\s*|action:\s*|\.note\([^"]*)"([a-z_]+)"/g)].map((found) => found[1] ?? "");
    });
  return [...new Set(codes)];
}

describe("the sentences of history", () => {
  it("cover every action the core can record", () => {
    expect(codesOfCore().filter((code) => !knownActions.includes(code))).toEqual([]);
  });

  it("say what was done to whom, and never end in nothing", () => {
    expect(sentenceOf("referral_add", "R. Achterberg")).toBe("Referral of R. Achterberg recorded");
    expect(sentenceOf("partner_add", "")).toBe("A record added");
    expect(sentenceOf("import", "referrals-2025.csv")).toBe("referrals-2025.csv imported");
    expect(sentenceOf("unheard_of", "Pine Hollow")).toBe("Changed: Pine Hollow");
  });

  it("offer no undo for what changed no table", () => {
    expect(canTakeBack("referral_add")).toBe(true);
    expect(canTakeBack("export_workbook")).toBe(false);
  });

  it("say what an undo took back", () => {
    expect(entrySentence("undo", "partner_trash", "Pine Hollow")).toBe("Taken back: Pine Hollow moved to the trash");
    expect(entrySentence("partner_add", null, "Pine Hollow")).toBe("Pine Hollow added");
  });
});

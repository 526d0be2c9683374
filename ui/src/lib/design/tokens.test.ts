import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/lib/design/tokens.css", "utf8");

/** The tokens one rule sets, by the start of its selector. */
function tokensOf(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  if (from < 0) throw new Error(`${selector} is not in tokens.css`);
  const body = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return new Map([...body.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? "", (m[2] ?? "").trim()]));
}

const light = tokensOf(':root, :root[data-theme="light"]');
const dark = tokensOf(':root[data-theme="dark"]');
const system = tokensOf(":root:not([data-theme])");
const scale = tokensOf(":root");

function hex(value: string): string {
  const name = /^var\((--[a-z0-9-]+)\)$/.exec(value)?.[1];
  return name ? (scale.get(name) ?? "") : value;
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(tokens: Map<string, string>, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => luminance(hex(tokens.get(name) ?? ""))) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe("the tokens", () => {
  it("mean the same things in dark, by hand and by the system, as in light", () => {
    expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
    expect([...system]).toEqual([...dark]);
  });

  it.each([["light", light], ["dark", dark]] as const)("keep text readable on every ground in %s", (_name, tokens) => {
    for (const text of ["--text", "--text-2", "--text-3", "--accent-text", "--late", "--warn", "--good"])
      for (const ground of ["--surface", "--app", "--sunken", "--raised", "--hover", "--selected"])
        expect(contrast(tokens, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (const tone of ["late", "warn", "good"]) expect(contrast(tokens, `--${tone}`, `--${tone}-soft`)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, "--on-accent", "--accent")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, "--on-accent", "--accent-strong")).toBeGreaterThanOrEqual(4.5);
  });

  it.each([["light", light], ["dark", dark]] as const)("keep edges and bars visible in %s", (_name, tokens) => {
    for (const part of ["--edge", "--chart-1", "--chart-2", "--late-fill", "--warn-fill", "--good-fill"])
      for (const ground of ["--surface", "--app", "--raised"])
        expect(contrast(tokens, part, ground), `${part} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

import { describe, expect, it } from "vitest";
import { moveInlineScripts, policyBreaches } from "./externalise-inline-scripts.js";

describe("the built page", () => {
  it("has its inline script moved into a file in the same place", () => {
    const files = new Map<string, string>();
    const html = moveInlineScripts('<div><script>start("x");</script></div>', (name, code) => files.set(name, code));
    const [name] = [...files.keys()];
    expect(html).toBe(`<div><script src="./${name}"></script></div>`);
    expect(files.get(name ?? "")).toBe('start("x");\n');
    expect(policyBreaches(html)).toEqual([]);
  });

  it("keeps scripts that are files already", () => {
    const html = '<script type="module" src="./a.js"></script>';
    expect(moveInlineScripts(html, () => { throw new Error("nothing to write"); })).toBe(html);
  });

  it("is refused with inline styles or handlers", () => {
    expect(policyBreaches('<p style="x">')).toEqual(["a style attribute"]);
    expect(policyBreaches("<style>p{}</style>")).toEqual(["an inline style sheet"]);
    expect(policyBreaches('<a onclick="x()">')).toEqual(["an inline event handler"]);
  });
});

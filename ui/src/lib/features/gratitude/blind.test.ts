import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(process.cwd(), "src/lib/features/gratitude");
const sources = readdirSync(folder).filter((name) => !name.includes(".test.")).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

describe("a room where gifts are decided", () => {
  it("asks only for what its own room answers", () => {
    const own = /^(thanks|reward|gift|programme|exportGifts|exportChoose)/;
    const asked = sources.flatMap(({ name, text }) => [...text.matchAll(/commands\.(\w+)/g)].map((found) => `${name}: ${found[1] ?? ""}`));
    expect(asked.filter((one) => !own.test(one.split(": ")[1] ?? ""))).toEqual([]);
  });

  it("takes nothing from rooms that count", () => {
    const taken = sources.flatMap(({ name, text }) => [...text.matchAll(/from "([^"]+)"/g)].map((found) => `${name}: ${found[1] ?? ""}`));
    expect(taken.filter((one) => /features\/(referrals|insights|network|today)/.test(one))).toEqual([]);
  });
});

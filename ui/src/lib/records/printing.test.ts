import { describe, expect, it } from "vitest";
import { allRows, PAPER_ROWS } from "./printing";

const pages = (sizes: readonly number[]) => async (cursor: string | null) => {
  const at = cursor === null ? 0 : Number(cursor);
  const rows = Array.from({ length: sizes[at] ?? 0 }, (_, row) => row);
  return Promise.resolve({ rows, next: at + 1 < sizes.length ? String(at + 1) : null });
};

describe("a list on paper", () => {
  it("has every row of every page", async () => {
    const all = await allRows(pages([500, 500, 3]));
    expect([all.rows.length, all.cut]).toEqual([1003, false]);
  });

  it("ends at the most a paper holds, and says so", async () => {
    const all = await allRows(pages([3000, 3000, 3000]));
    expect([all.rows.length, all.cut]).toEqual([PAPER_ROWS, true]);
    expect((await allRows(pages([5000]))).cut).toBe(false);
  });
});

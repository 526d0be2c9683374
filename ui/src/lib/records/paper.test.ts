import { describe, expect, it } from "vitest";
import { PAGE_HEIGHT, pagesOf } from "./paper";

describe("the rows of a table on paper", () => {
  it("are all there, in order, and no page is higher than paper", () => {
    const heights = Array.from({ length: 200 }, (_, row) => 14 + (row % 5) * 11);
    const pages = pagesOf(heights, 20, 90);
    expect(pages[0]?.from).toBe(0);
    expect(pages.at(-1)?.to).toBe(200);
    pages.forEach((page, at) => {
      expect(page.from).toBe(at === 0 ? 0 : pages[at - 1]?.to);
      const height = heights.slice(page.from, page.to).reduce((sum, one) => sum + one, at === 0 ? 110 : 20);
      expect(height).toBeLessThanOrEqual(PAGE_HEIGHT);
    });
  });

  it("may be one row higher than a page: it gets a page of its own", () => {
    expect(pagesOf([20, 2000, 20], 20, 0)).toEqual([{ from: 0, to: 1, next: false }, { from: 1, to: 2, next: true }, { from: 2, to: 3, next: true }]);
  });

  it("may be none", () => {
    expect(pagesOf([], 20, 0)).toEqual([{ from: 0, to: 0, next: false }]);
  });

  it("go to the next page with their title where hardly one of them would stand below it", () => {
    expect(pagesOf([20, 20, 20], 20, PAGE_HEIGHT - 90, 30)).toEqual([{ from: 0, to: 3, next: true }]);
    expect(pagesOf([20, 20, 20], 20, PAGE_HEIGHT - 120, 30)).toEqual([{ from: 0, to: 3, next: false }]);
  });
});

/** Where the rows of a table go on paper. */

/**
 * What Letter and A4 both hold, in CSS pixels. WebKit lays out 90 to the inch and leaves 0.25 in at the sides and 0.56 in
 * below: 720 by 912 on Letter, 699 by 979 on A4. A page wider than that is made smaller as a whole, and ends early.
 */
export const PAGE_WIDTH = 696;
export const PAGE_HEIGHT = 900;

/** How many rows should at least stand below a head at the foot of a page. */
const FEW = 3;

/** A stretch of rows, and whether it begins a page. */
export interface Stretch { from: number; to: number; next: boolean }

/** Parts a table into pages, none higher than a page. `top` is how far down it begins, `title` the height of what stands above its first head. */
export function pagesOf(heights: readonly number[], head: number, top: number, title = 0): Stretch[] {
  const pages: Stretch[] = [];
  let room = PAGE_HEIGHT - (top % PAGE_HEIGHT) - title - head;
  let from = 0;
  let next = false;
  // A head with hardly a row below it goes to the next page with all of them.
  if (heights.slice(0, FEW).reduce((sum, height) => sum + height, 0) > room) {
    room = PAGE_HEIGHT - title - head;
    next = top > 0;
  }
  for (const [at, height] of heights.entries()) {
    if (height > room && at > from) {
      pages.push({ from, to: at, next });
      from = at;
      next = true;
      room = PAGE_HEIGHT - head;
    }
    room -= height;
  }
  pages.push({ from, to: heights.length, next });
  return pages;
}

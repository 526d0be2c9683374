/** Where a floating part stands beside its anchor. */
export type Side = "below-start" | "below-end" | "above-start" | "above" | "below";

const GAP = 4;
const MARGIN = 8;

interface Box { left: number; top: number; width: number; height: number }

/** The corner at which `size` stands beside `anchor`, turned over and pushed in where the window ends. */
export function placed(anchor: Box, size: { width: number; height: number }, side: Side, view: { width: number; height: number }, gap = GAP): { left: number; top: number } {
  const below = anchor.top + anchor.height + gap;
  const above = anchor.top - gap - size.height;
  const fitsBelow = below + size.height <= view.height - MARGIN;
  const fitsAbove = above >= MARGIN;
  const wantsAbove = side.startsWith("above");
  const top = wantsAbove ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  let left = anchor.left;
  if (side === "below-end") left = anchor.left + anchor.width - size.width;
  if (side === "above" || side === "below") left = anchor.left + (anchor.width - size.width) / 2;
  return {
    left: Math.round(Math.max(MARGIN, Math.min(left, view.width - MARGIN - size.width))),
    top: Math.round(Math.max(MARGIN, Math.min(top, view.height - MARGIN - size.height))),
  };
}

/** Puts `floating` (position: fixed) beside `anchor`. Style by script, which the content policy allows. */
export function placeBeside(anchor: Element, floating: HTMLElement, side: Side, gap = GAP): void {
  const spot = placed(
    anchor.getBoundingClientRect(),
    { width: floating.offsetWidth, height: floating.offsetHeight },
    side,
    { width: window.innerWidth, height: window.innerHeight },
    gap,
  );
  floating.style.left = `${spot.left}px`;
  floating.style.top = `${spot.top}px`;
}

/** Shows an element in the top layer, above open dialogs. */
export function showOnTop(element: HTMLElement): void {
  if (typeof element.showPopover === "function" && !element.matches(":popover-open")) element.showPopover();
}

/** Takes it out of the top layer again. */
export function hideFromTop(element: HTMLElement): void {
  if (typeof element.hidePopover === "function" && element.isConnected && element.matches(":popover-open")) element.hidePopover();
}

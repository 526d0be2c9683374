import type { Attachment } from "svelte/attachments";
import { hideFromTop, placeBeside, showOnTop, type Side } from "./place";

const REST_MS = 400;
let nextId = 0;

/**
 * A short name or note shown while its element is pointed at or has the keyboard's focus.
 * Escape hides it, and it goes when its element goes.
 */
export function tooltip(text: () => string, side: Side = "below"): Attachment<HTMLElement> {
  return (element) => {
    let tip: HTMLElement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      if (!tip) return;
      hideFromTop(tip);
      tip.remove();
      tip = null;
    };
    const show = () => {
      if (tip || text() === "") return;
      tip = document.createElement("div");
      tip.className = "tooltip";
      tip.id = `tooltip-${++nextId}`;
      tip.setAttribute("popover", "manual");
      tip.setAttribute("aria-hidden", "true");
      tip.textContent = text();
      (element.closest("dialog") ?? document.body).append(tip);
      showOnTop(tip);
      placeBeside(element, tip, side);
    };
    const enter = () => {
      clearTimeout(timer);
      timer = setTimeout(show, REST_MS);
    };
    const focus = () => {
      if (element.matches(":focus-visible")) show();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    element.addEventListener("pointerenter", enter);
    element.addEventListener("pointerleave", hide);
    element.addEventListener("pointerdown", hide);
    element.addEventListener("focus", focus);
    element.addEventListener("blur", hide);
    element.addEventListener("keydown", key);
    return () => {
      hide();
      element.removeEventListener("pointerenter", enter);
      element.removeEventListener("pointerleave", hide);
      element.removeEventListener("pointerdown", hide);
      element.removeEventListener("focus", focus);
      element.removeEventListener("blur", hide);
      element.removeEventListener("keydown", key);
    };
  };
}

import { isMac } from "$lib/design";

/** One shortcut: what to press, what it does, in words for the overlay. */
export interface Shortcut {
  /** `Mod+K`, `Shift+F10`, `L`, `?`, `Mod+Shift+Z`; several ways with spaces: `Down J`. */
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Works while a field has the focus. Set for every combination with Mod or Alt unless false. */
  inFields?: boolean;
  /** Left out of the overlay (the same act is listed elsewhere). */
  unlisted?: boolean;
  /** Only while this holds. */
  when?: () => boolean;
}

/** Where shortcuts belong: the last registered layer wins; a modal stops all layers below it. */
export interface Layer {
  /** The heading in the overlay: "Everywhere", "Partners". */
  scope: string;
  /** Keys of a dialog: they work while a modal dialog is open, the others do not. */
  modal?: boolean;
  shortcuts: readonly Shortcut[];
}

const layers: Layer[] = [];

/** Whether single letters act at all; people who speak to their computer turn them off. */
export const keySettings = { singleLetters: true };

/** Adds shortcuts until the returned function is called. In a component: `$effect(() => registerKeys({…}))`. */
export function registerKeys(layer: Layer): () => void {
  layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** What the overlay lists, newest scope first, one entry for each scope. */
export function listedKeys(): { scope: string; shortcuts: Shortcut[] }[] {
  const scopes = new Map<string, Shortcut[]>();
  for (const layer of [...layers].reverse()) {
    const shown = layer.shortcuts.filter((shortcut) => !shortcut.unlisted && (shortcut.when?.() ?? true));
    if (shown.length > 0) scopes.set(layer.scope, [...(scopes.get(layer.scope) ?? []), ...shown]);
  }
  return [...scopes].map(([scope, shortcuts]) => ({ scope, shortcuts }));
}

interface Chord { mod: boolean; alt: boolean; shift: boolean; key: string }

function chord(text: string): Chord {
  const parts = text === "+" ? ["+"] : text.split("+");
  const key = (parts.at(-1) ?? "").toLowerCase();
  return { mod: parts.includes("Mod"), alt: parts.includes("Alt"), shift: parts.includes("Shift"), key };
}

const NAMES: Record<string, string> = { arrowup: "up", arrowdown: "down", arrowleft: "left", arrowright: "right", " ": "space", "+": "plus" };

/** Whether an event is a shortcut; signs such as `?` carry their own Shift. */
export function matches(event: KeyboardEvent, keys: string, mac: boolean = isMac): boolean {
  const raw = event.key.toLowerCase();
  const key = NAMES[raw] ?? raw;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  return keys.split(" ").some((one) => {
    const wanted = chord(one);
    const sign = wanted.key.length === 1 && !/[a-z0-9]/.test(wanted.key);
    // On a Mac, Alt changes the letter that is typed; the physical key still tells.
    const physical = wanted.alt && /^[a-z0-9]$/.test(wanted.key) && event.code.toLowerCase().endsWith(wanted.key);
    return (key === wanted.key || physical) && mod === wanted.mod && !other && event.altKey === wanted.alt && (sign || event.shiftKey === wanted.shift);
  });
}

/** Whether the person is typing, so that letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

function modalOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

/** Runs the shortcut an event stands for, if any. The shell listens on the window with it. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const typing = isTyping(event.target);
  const inModal = modalOpen();
  for (const layer of [...layers].reverse()) {
    if (inModal && !layer.modal) continue;
    for (const shortcut of layer.shortcuts) {
      if (!matches(event, shortcut.keys) || !(shortcut.when?.() ?? true)) continue;
      const combined = /Mod\+|Alt\+/.test(shortcut.keys);
      if (typing && !(shortcut.inFields ?? combined)) continue;
      if (!combined && event.key.length === 1 && event.key !== "?" && !keySettings.singleLetters) continue;
      event.preventDefault();
      shortcut.run(event);
      return true;
    }
  }
  return false;
}

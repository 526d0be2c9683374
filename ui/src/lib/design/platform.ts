/** Which keyboard is under the hand: `Mod` is Cmd on a Mac, Ctrl elsewhere. */
export const isMac: boolean =
  typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform || navigator.userAgent);

const CAPS: Record<string, string> = {
  Up: "↑",
  Down: "↓",
  Left: "←",
  Right: "→",
  Escape: "Esc",
  Space: "Space",
  Plus: "+",
};

/** The key caps of a shortcut such as `Mod+Shift+Z`, as printed on this machine's keyboard. */
export function keyCaps(shortcut: string, mac: boolean = isMac): string[] {
  const parts = shortcut === "+" ? ["+"] : shortcut.split("+");
  return parts.map((part) => {
    if (part === "Mod") return mac ? "⌘" : "Ctrl";
    if (part === "Shift") return mac ? "⇧" : "Shift";
    if (part === "Alt") return mac ? "⌥" : "Alt";
    if (part.length === 1) return part.toUpperCase();
    return CAPS[part] ?? part;
  });
}

/** The same shortcut in the words of `aria-keyshortcuts`. */
export function ariaKeys(shortcut: string, mac: boolean = isMac): string {
  return shortcut
    .split(" ")
    .map((one) => one.replace("Mod", mac ? "Meta" : "Control").replace(/\b(Up|Down|Left|Right)\b/, "Arrow$1"))
    .join(" ");
}

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { handleKey, keySettings, listedKeys, matches, registerKeys, type Shortcut } from "./keys";

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true, ...more });
const from = (element: Element, event: KeyboardEvent) => {
  document.body.append(element);
  let ran = false;
  element.addEventListener("keydown", (e) => (ran = handleKey(e as KeyboardEvent)), { once: true });
  element.dispatchEvent(event);
  return ran;
};

let undo: (() => void)[] = [];
const register = (shortcuts: Shortcut[], more = {}) => undo.push(registerKeys({ scope: "Test", shortcuts, ...more }));

beforeEach(() => (undo = []));
afterEach(() => {
  for (const remove of undo) remove();
  document.body.replaceChildren();
  keySettings.singleLetters = true;
});

describe("a shortcut", () => {
  it("with Mod is Ctrl, and Cmd on a Mac", () => {
    expect(matches(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true);
    expect(matches(press("k", { metaKey: true }), "Mod+K", false)).toBe(false);
    expect(matches(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
  });

  it("is not another with more keys held", () => {
    expect(matches(press("z", { ctrlKey: true, shiftKey: true }), "Mod+Z", false)).toBe(false);
    expect(matches(press("Z", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Z", false)).toBe(true);
    expect(matches(press("?", { shiftKey: true }), "?", false)).toBe(true);
  });

  it("of a single letter is text inside a field and an act outside", () => {
    const run = vi.fn();
    register([{ keys: "L", label: "Log", run }]);
    expect(from(document.createElement("input"), press("l"))).toBe(false);
    expect(from(document.createElement("button"), press("l"))).toBe(true);
    expect(run).toHaveBeenCalledOnce();
  });

  it("with Mod works inside a field unless it says otherwise", () => {
    const save = vi.fn();
    const back = vi.fn();
    register([{ keys: "Mod+Enter", label: "Save", run: save }, { keys: "Mod+Z", label: "Undo", inFields: false, run: back }]);
    from(document.createElement("input"), press("Enter", { ctrlKey: true }));
    from(document.createElement("input"), press("z", { ctrlKey: true }));
    expect(save).toHaveBeenCalledOnce();
    expect(back).not.toHaveBeenCalled();
  });

  it("of a screen wins over the same one of the frame, and goes with its screen", () => {
    const frame = vi.fn();
    const screen = vi.fn();
    register([{ keys: "A", label: "Frame", run: frame }]);
    const leave = registerKeys({ scope: "Screen", shortcuts: [{ keys: "A", label: "Screen", run: screen }] });
    from(document.createElement("div"), press("a"));
    leave();
    from(document.createElement("div"), press("a"));
    expect(screen).toHaveBeenCalledOnce();
    expect(frame).toHaveBeenCalledOnce();
  });

  it("below an open dialog sleeps; the dialog's own work", () => {
    const below = vi.fn();
    const own = vi.fn();
    register([{ keys: "A", label: "Below", run: below }]);
    register([{ keys: "Mod+Enter", label: "Save", run: own }], { modal: true });
    const dialog = document.createElement("dialog");
    dialog.setAttribute("open", "");
    document.body.append(dialog);
    from(document.createElement("div"), press("a"));
    from(document.createElement("div"), press("Enter", { ctrlKey: true }));
    expect(below).not.toHaveBeenCalled();
    expect(own).toHaveBeenCalledOnce();
  });

  it("of a single letter can be turned off", () => {
    const run = vi.fn();
    register([{ keys: "A", label: "Add", run }]);
    keySettings.singleLetters = false;
    expect(from(document.createElement("div"), press("a"))).toBe(false);
  });

  it("stands in the overlay under its scope while it applies", () => {
    register([{ keys: "A", label: "Add", run: vi.fn() }, { keys: "B", label: "Never", run: vi.fn(), when: () => false }, { keys: "C", label: "Quiet", run: vi.fn(), unlisted: true }]);
    expect(listedKeys()).toEqual([{ scope: "Test", shortcuts: [expect.objectContaining({ label: "Add" })] }]);
  });
});

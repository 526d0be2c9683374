import { afterEach, describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import { mayNamePatients, watchCopies } from "./copied";

describe("what is copied from a patient's fields", () => {
  afterEach(() => document.body.replaceChildren());

  it("is told to the core, from a field and from the page", () => {
    const told = vi.spyOn(commands, "clipboardCopied").mockReturnValue(Promise.resolve({ status: "ok", data: null }));
    document.body.innerHTML = "<input value='Marta Quill'><p>R. Achterberg</p>";
    const stop = watchCopies(() => "/referrals/7");
    const field = document.querySelector("input");
    field?.setSelectionRange(0, 5);
    field?.dispatchEvent(new Event("copy", { bubbles: true }));
    const words = document.querySelector("p");
    if (words) document.getSelection()?.selectAllChildren(words);
    words?.dispatchEvent(new Event("cut", { bubbles: true }));
    stop();
    field?.dispatchEvent(new Event("copy", { bubbles: true }));
    expect(told.mock.calls).toEqual([["Marta"], ["R. Achterberg"]]);
  });

  it("concerns every room but those without patients, and every dialog", () => {
    document.body.innerHTML = "<dialog open><p></p></dialog>";
    const rooms = ["/", "/referrals", "/history", "/trash", "/exchange/import", "/held/patient/1", "/partners/1", "/people", "/scorecards", "/settings"];
    expect(rooms.map((path) => mayNamePatients(path, null))).toEqual([true, true, true, true, true, true, false, false, false, false]);
    expect(mayNamePatients("/partners", document.querySelector("p"))).toBe(true);
  });
});

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import Combobox from "./Combobox.svelte";
import type { Option } from "./combobox";

const people: Option<string>[] = [
  { id: "1", label: "Keiko Ito", detail: "Pine Hollow", source: "Partner", value: "ito" },
  { id: "2", label: "Keith Itterby", source: "Partner", value: "itterby" },
];
const search = async (text: string) => people.filter((p) => p.label.toLowerCase().startsWith(text.slice(0, 3)));

async function type(text: string) {
  const field = screen.getByRole<HTMLInputElement>("combobox");
  field.focus();
  await fireEvent.input(field, { target: { value: text } });
  await waitFor(() => expect(field.getAttribute("aria-expanded")).toBe("true"));
  return field;
}

describe("a type-ahead", () => {
  it("chooses the best answer by Enter", async () => {
    const onchoose = vi.fn();
    render(Combobox<string>, { props: { label: "Referred by", search, onchoose, size: "large" } });
    const field = await type("kei");
    await fireEvent.keyDown(field, { key: "Enter" });
    expect(onchoose).toHaveBeenCalledExactlyOnceWith(people[0]);
    expect(field.value).toBe("Keiko Ito");
    expect(field.getAttribute("aria-expanded")).toBe("false");
  });

  it("moves through the answers and says which one it stands on", async () => {
    const onchoose = vi.fn();
    render(Combobox<string>, { props: { label: "Referred by", search, onchoose, size: "large" } });
    const field = await type("kei");
    await fireEvent.keyDown(field, { key: "ArrowDown" });
    const standing = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
    expect(standing?.textContent).toContain("Keith Itterby");
    await fireEvent.keyDown(field, { key: "Enter" });
    expect(onchoose).toHaveBeenCalledExactlyOnceWith(people[1]);
  });

  it("offers the typed name as a new one, last", async () => {
    const onadd = vi.fn();
    render(Combobox<string>, { props: { label: "Referred by", search, onadd, size: "large" } });
    const field = await type("kei it");
    const options = screen.getAllByRole("option");
    expect(options.at(-1)?.textContent).toContain("Add “kei it” as a new name");
    await fireEvent.keyDown(field, { key: "ArrowUp" });
    await fireEvent.keyDown(field, { key: "Enter" });
    expect(onadd).toHaveBeenCalledExactlyOnceWith("kei it");
  });

  it("puts what matched in bold and the source beside it", async () => {
    render(Combobox<string>, { props: { label: "Referred by", search, size: "large" } });
    await type("kei it");
    const first = screen.getAllByRole("option")[0];
    expect([...(first?.querySelectorAll("mark") ?? [])].map((mark) => mark.textContent)).toEqual(["Kei", "It"]);
    expect(first?.textContent).toContain("Partner");
  });

  it("closes on Escape without closing the dialog around it", async () => {
    render(Combobox<string>, { props: { label: "Referred by", search, size: "large" } });
    const field = await type("kei");
    const unhandled = await fireEvent.keyDown(field, { key: "Escape" });
    expect(unhandled).toBe(false);
    expect(field.getAttribute("aria-expanded")).toBe("false");
  });

  it("never shows the answer to an older question", async () => {
    const answers = new Map<string, (found: Option<string>[]) => void>();
    const slow = (text: string) => new Promise<Option<string>[]>((resolve) => answers.set(text, resolve));
    render(Combobox<string>, { props: { label: "Referred by", search: slow, size: "large" } });
    const field = screen.getByRole<HTMLInputElement>("combobox");
    field.focus();
    await fireEvent.input(field, { target: { value: "kei" } });
    await waitFor(() => expect(answers.has("kei")).toBe(true));
    await fireEvent.input(field, { target: { value: "keit" } });
    await waitFor(() => expect(answers.has("keit")).toBe(true));
    answers.get("keit")?.(people.slice(1));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    answers.get("kei")?.(people);
    await Promise.resolve();
    expect(screen.getAllByRole("option")[0]?.textContent).toContain("Keith Itterby");
  });
});

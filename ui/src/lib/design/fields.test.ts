import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import BarChart from "./BarChart.svelte";
import DateInput from "./DateInput.svelte";
import Dialog from "./Dialog.svelte";
import Menu from "./Menu.svelte";
import Select from "./Select.svelte";
import Tabs from "./Tabs.svelte";
import TextInput from "./TextInput.svelte";

describe("a text field", () => {
  it("saves once on leaving and says so", async () => {
    const onsave = vi.fn();
    render(TextInput, { props: { label: "Name", value: "Pine", onsave } });
    const field = screen.getByLabelText("Name");
    await fireEvent.focus(field);
    await fireEvent.input(field, { target: { value: "Pine Hollow" } });
    await fireEvent.keyDown(field, { key: "Enter" });
    await fireEvent.blur(field);
    expect(onsave).toHaveBeenCalledExactlyOnceWith("Pine Hollow");
    expect(await screen.findByText("Saved")).toBeTruthy();
  });

  it("left as it was saves nothing, even after its record has changed", async () => {
    const onsave = vi.fn();
    const { rerender } = render(TextInput, { props: { label: "Name", value: "Pine", onsave } });
    await rerender({ value: "Lowmoor" });
    const field = screen.getByLabelText("Name");
    await fireEvent.focus(field);
    await fireEvent.blur(field);
    expect(onsave).not.toHaveBeenCalled();
  });

  it("with an error names it to everyone", () => {
    render(TextInput, { props: { label: "NPI", value: "1", error: "The check digit does not fit." } });
    const field = screen.getByLabelText("NPI");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toContain("check digit");
  });
});

describe("a date field", () => {
  it("reads what was typed and shows it in full", async () => {
    const onsave = vi.fn();
    render(DateInput, { props: { label: "Received", onsave, today: "2026-11-21" } });
    const field = screen.getByLabelText<HTMLInputElement>("Received");
    await fireEvent.input(field, { target: { value: "9/3" } });
    await fireEvent.blur(field);
    expect(onsave).toHaveBeenCalledExactlyOnceWith("2026-09-03");
    expect(field.value).toBe("09/03/2026");
  });

  it("keeps what it cannot read and says how to write it", async () => {
    render(DateInput, { props: { label: "Received", today: "2026-11-21", max: "2026-11-21" } });
    const field = screen.getByLabelText<HTMLInputElement>("Received");
    await fireEvent.input(field, { target: { value: "tomorrow" } });
    await fireEvent.blur(field);
    expect(field.value).toBe("tomorrow");
    expect(screen.getByRole("alert").textContent).toBe("Sunday, November 22 is in the future. Give a day up to today.");
  });
});

describe("a select", () => {
  it("shows its placeholder until something is chosen", async () => {
    const onchoose = vi.fn();
    render(Select<"knee" | "hip">, { props: { label: "Reason", options: [{ value: "knee", label: "Knee" }, { value: "hip", label: "Hip" }], onchoose } });
    const field = screen.getByLabelText<HTMLSelectElement>("Reason");
    expect(field.options[field.selectedIndex]?.textContent).toBe("Choose");
    await fireEvent.change(field, { target: { value: "hip" } });
    expect(onchoose).toHaveBeenCalledExactlyOnceWith("hip");
  });
});

describe("tabs", () => {
  it("move by the arrows and wrap around", async () => {
    const onchoose = vi.fn();
    const children = createRawSnippet((id: () => string) => ({ render: () => `<p>${id()}</p>` }));
    render(Tabs, { props: { label: "Partner", value: "a", onchoose, tabs: [{ id: "a", label: "Overview" }, { id: "b", label: "People", count: 5 }], children } });
    await fireEvent.keyDown(screen.getByRole("tablist"), { key: "ArrowLeft" });
    expect(onchoose).toHaveBeenCalledExactlyOnceWith("b");
    expect(screen.getByRole("tab", { selected: true }).textContent).toContain("People");
  });
});

describe("a menu", () => {
  const items = (run = vi.fn()) => [{ id: "e", label: "Edit", run }, { id: "t", label: "Move to Trash", run: vi.fn() }];

  it("opens with its first entry in focus, runs it and gives the focus back", async () => {
    const run = vi.fn();
    render(Menu, { props: { label: "More actions", items: items(run) } });
    const button = screen.getByRole("button", { name: "More actions" });
    await fireEvent.click(button);
    const entry = await screen.findByRole("menuitem", { name: "Edit" });
    expect(document.activeElement).toBe(entry);
    await fireEvent.click(entry);
    expect(run).toHaveBeenCalledOnce();
    expect(screen.queryByRole("menu")).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("moves by the arrows and by first letters, and closes on Escape", async () => {
    render(Menu, { props: { label: "More actions", items: items() } });
    await fireEvent.click(screen.getByRole("button", { name: "More actions" }));
    const menu = await screen.findByRole("menu");
    await fireEvent.keyDown(menu, { key: "m" });
    expect(document.activeElement?.textContent).toContain("Move to Trash");
    await fireEvent.keyDown(menu, { key: "ArrowDown" });
    expect(document.activeElement?.textContent).toContain("Edit");
    await fireEvent.keyDown(menu, { key: "Escape" });
    expect(screen.queryByRole("menu")).toBeNull();
  });
});

describe("a dialog", () => {
  const children = createRawSnippet(() => ({ render: () => '<input aria-label="Purpose">' }));

  it("is named by its title and left by Escape", async () => {
    const onclose = vi.fn();
    render(Dialog, { props: { open: true, title: "Export with patient names?", children, onclose } });
    const dialog = screen.getByRole("dialog", { name: "Export with patient names?" });
    await fireEvent(dialog, new Event("cancel", { cancelable: true }));
    expect(onclose).toHaveBeenCalledOnce();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("begins in its first field", () => {
    render(Dialog, { props: { open: true, title: "Export", children } });
    expect(document.activeElement).toBe(screen.getByLabelText("Purpose"));
  });

  it("does its main act by Enter in a line of text and by Mod+Enter", async () => {
    const onsubmit = vi.fn();
    render(Dialog, { props: { open: true, title: "Export", children, onsubmit } });
    await fireEvent.keyDown(screen.getByLabelText("Purpose"), { key: "Enter" });
    await fireEvent.keyDown(screen.getByRole("dialog"), { key: "Enter", ctrlKey: true });
    await fireEvent.keyDown(screen.getByRole("dialog"), { key: "Enter" });
    expect(onsubmit).toHaveBeenCalledTimes(2);
  });
});

describe("a chart", () => {
  const months = [{ month: "2026-09", up: 3, down: 1 }, { month: "2026-10", up: 0 }, { month: "2026-11", up: 2, down: 2 }];
  const props = { months, title: "Referrals", upLabel: "in", downLabel: "out", sentence: "5 in and 3 out since September." };

  it("is a sentence for those who do not see it", () => {
    render(BarChart, { props });
    expect(screen.getByRole("img", { name: "5 in and 3 out since September." })).toBeTruthy();
  });

  it("shows the same figures as a table, newest first", async () => {
    render(BarChart, { props });
    await fireEvent.click(screen.getByRole("button", { name: "Show as a table" }));
    const lines = screen.getAllByRole("row").map((row) => [...row.querySelectorAll("th,td")].map((cell) => cell.textContent));
    expect(lines.slice(1)).toEqual([["November 2026, so far", "2", "2"], ["October 2026", "0", "0"], ["September 2026", "3", "1"]]);
  });
});

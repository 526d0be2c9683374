import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import DataTable from "./DataTable.svelte";
import { moveTo, nextSort, rowWindow, type Column } from "./table";

interface Row { id: string; name: string; count: number; head?: boolean }

const rows: Row[] = Array.from({ length: 1000 }, (_, i) => ({ id: `r${i}`, name: `Partner ${i}`, count: i }));
const columns: Column<Row>[] = [
  { id: "name", label: "Partner", width: "1fr", sortable: true, text: (row) => row.name },
  { id: "count", label: "Referrals", width: "80px", align: "end", sortable: true, highFirst: true, optional: true, text: (row) => String(row.count) },
];
const base = { rows, columns, rowKey: (row: Row) => row.id, label: "Partners" };
const grid = () => screen.getByRole("grid");
const current = () => grid().querySelector(".current")?.textContent;

describe("a list", () => {
  it("draws only the rows in view and says how many there are", () => {
    render(DataTable<Row>, { props: base });
    expect(grid().getAttribute("aria-rowcount")).toBe("1001");
    expect(grid().getAttribute("aria-colcount")).toBe("2");
    expect(within(grid()).getAllByRole("row").length).toBeLessThan(40);
  });

  it("draws no more than a window full even while it measures as tall as all its rows", () => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(36_000);
    render(DataTable<Row>, { props: base });
    expect(within(grid()).getAllByRole("row").length).toBeLessThan(60);
  });

  it("moves by the arrows and by J and K, to the ends, and opens on Enter", async () => {
    const onopen = vi.fn();
    render(DataTable<Row>, { props: { ...base, onopen } });
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    expect(current()).toContain("Partner 0");
    await fireEvent.keyDown(grid(), { key: "j" });
    await fireEvent.keyDown(grid(), { key: "j" });
    await fireEvent.keyDown(grid(), { key: "k" });
    expect(current()).toContain("Partner 1");
    await fireEvent.keyDown(grid(), { key: "Enter" });
    expect(onopen).toHaveBeenCalledExactlyOnceWith(rows[1]);
  });

  it("tells which row the focus is on", async () => {
    render(DataTable<Row>, { props: { ...base, current: "r2" } });
    const id = grid().getAttribute("aria-activedescendant");
    expect(document.getElementById(id ?? "")?.getAttribute("aria-rowindex")).toBe("4");
  });

  it("asks for another order by its head, first from high to low for counts", async () => {
    const onsort = vi.fn();
    const { rerender } = render(DataTable<Row>, { props: { ...base, onsort, sort: null } });
    await fireEvent.click(screen.getByRole("button", { name: "Referrals" }));
    expect(onsort).toHaveBeenLastCalledWith({ column: "count", descending: true });
    await rerender({ sort: { column: "count", descending: true } });
    expect(screen.getByRole("columnheader", { name: "Referrals" }).getAttribute("aria-sort")).toBe("descending");
    await fireEvent.click(screen.getByRole("button", { name: "Referrals" }));
    expect(onsort).toHaveBeenLastCalledWith({ column: "count", descending: false });
  });

  it("chooses rows by Space, by their box and all by Mod+A", async () => {
    render(DataTable<Row>, { props: { ...base, rows: rows.slice(0, 3), selectable: true, current: "r1" } });
    const chosen = () => within(grid()).getAllByRole("row").filter((row) => row.getAttribute("aria-selected") === "true").length;
    await fireEvent.keyDown(grid(), { key: " " });
    expect(chosen()).toBe(1);
    await fireEvent.click(screen.getAllByRole("button", { name: "Select" })[2] as HTMLElement);
    expect(chosen()).toBe(2);
    await fireEvent.keyDown(grid(), { key: "a", ctrlKey: true });
    expect(chosen()).toBe(3);
  });

  it("asks for more before the end of what is loaded, and draws the rest as waiting", async () => {
    const onneedmore = vi.fn();
    render(DataTable<Row>, { props: { ...base, rows: rows.slice(0, 10), total: 500, onneedmore } });
    expect(onneedmore).toHaveBeenCalled();
    expect(grid().getAttribute("aria-rowcount")).toBe("501");
    expect(grid().querySelectorAll(".waiting").length).toBeGreaterThan(0);
  });

  it("passes over the heads of groups", async () => {
    const grouped = [{ id: "h", name: "Rejected", count: 0, head: true }, ...rows.slice(0, 1), { id: "h2", name: "New", count: 0, head: true }, ...rows.slice(1, 2)];
    const head = createRawSnippet((row: () => Row) => ({ render: () => `<b>${row().name}</b>` }));
    render(DataTable<Row>, { props: { ...base, rows: grouped, isHead: (row: Row) => row.head === true, head } });
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    expect(current()).toContain("Partner 0");
    await fireEvent.keyDown(grid(), { key: "ArrowDown" });
    expect(current()).toContain("Partner 1");
    await fireEvent.keyDown(grid(), { key: "Home" });
    expect(current()).toContain("Partner 0");
  });

  it("leaves out hidden columns and shows what belongs there when it is empty", async () => {
    const empty = createRawSnippet(() => ({ render: () => "<p>No partners yet</p>" }));
    const { rerender } = render(DataTable<Row>, { props: { ...base, hidden: new Set(["count"]), empty } });
    expect(screen.queryByRole("columnheader", { name: "Referrals" })).toBeNull();
    await rerender({ rows: [] });
    expect(screen.getByText("No partners yet")).toBeTruthy();
  });
});

describe("the arithmetic of a list", () => {
  it("keeps a window of rows around what is seen", () => {
    expect(rowWindow(0, 360, 36, 1000)).toEqual({ first: 0, last: 18 });
    expect(rowWindow(3600, 360, 36, 1000)).toEqual({ first: 92, last: 118 });
    expect(rowWindow(99_999, 360, 36, 3)).toEqual({ first: 3, last: 3 });
  });

  it("never leads beyond either end", () => {
    expect(moveTo("ArrowUp", 0, 10, 5)).toBe(0);
    expect(moveTo("PageDown", 8, 10, 5)).toBe(9);
    expect(moveTo("End", -1, 10, 5)).toBe(9);
    expect(moveTo("x", 3, 10, 5)).toBeNull();
  });

  it("turns the order around on the same column only", () => {
    const name = columns[0] as Column<Row>;
    expect(nextSort(name, null)).toEqual({ column: "name", descending: false });
    expect(nextSort(name, { column: "name", descending: false })).toEqual({ column: "name", descending: true });
  });
});

import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import FieldChanges from "./FieldChanges.svelte";

const name = { field: "partner.name", before: { kind: "text", value: "Pine Hollow" }, after: { kind: "text", value: "Pine Hollow Family Medicine" } } as const;
const stamp = { field: "partner.changed_at", before: { kind: "instant", value: 1 }, after: { kind: "instant", value: 2 } } as const;
const trashed = { field: "partner.trashed_at", before: null, after: { kind: "instant", value: 2 } } as const;

describe("a change, field by field", () => {
  it("says before and after, and leaves stamps out", () => {
    render(FieldChanges, { props: { fields: [name, stamp] } });
    expect(screen.getByText(/Pine Hollow Family Medicine/)).toBeTruthy();
    expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["Name"]);
  });

  it("of a record that came leaves out what was not set", () => {
    const unset = { field: "affiliation.decides", before: null, after: { kind: "yes_no", value: false } } as const;
    render(FieldChanges, { props: { fields: [name, unset], sides: "after" } });
    expect(screen.getAllByRole("term").map((term) => term.textContent)).toEqual(["Name"]);
  });

  it("shows the beginning of a text of pages, and all of it on demand", async () => {
    const notes = { field: "partner.notes", before: null, after: { kind: "text", value: "word ".repeat(400) } } as const;
    render(FieldChanges, { props: { fields: [notes] } });
    await fireEvent.click(screen.getByRole("button", { name: "Show all" }));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("offers to put a field back, but not out of the trash", async () => {
    const onputback = vi.fn();
    render(FieldChanges, { props: { fields: [name, trashed], onputback } });
    expect(screen.getAllByRole("button")).toHaveLength(1);
    await fireEvent.click(screen.getByRole("button", { name: "Put this back: Name" }));
    expect(onputback).toHaveBeenCalledExactlyOnceWith(name);
  });
});

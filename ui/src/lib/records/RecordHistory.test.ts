import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type EntryDetail, type RecordHistory as Story } from "$lib/ipc/bindings";
import RecordHistory from "./RecordHistory.svelte";
import WithQueries from "./testing/WithQueries.svelte";

const entry = (seq: number, more: Partial<EntryDetail["row"]>, records: EntryDetail["records"]): EntryDetail => ({
  row: {
    seq, at: 0, actor: "o1", actorName: "Tess Lindqvist", action: "partner_edit", ofAction: null, subject: "Pine Hollow", cause: "hand",
    rooms: ["network"], records: 1, undone: false, undoes: null, canUndo: true, ...more,
  },
  records,
  more: 0,
});
const specialty = { field: "partner.specialty", before: { kind: "text" as const, value: "Internal medicine" }, after: { kind: "text" as const, value: "Family medicine" } };

function tell(...pages: Story[]) {
  const read = vi.spyOn(commands, "historyRecord");
  for (const data of pages) read.mockResolvedValueOnce({ status: "ok", data });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: RecordHistory as never, props: { record: "p3" } } });
  return read;
}

describe("a record's own history", () => {
  it("says who changed which field from what to what", async () => {
    tell({ rows: [entry(9, {}, [{ kind: "partner", record: "p3", name: "Pine Hollow", change: "changed", fields: [specialty] }])], next: null });
    expect(await screen.findByText("Tess Lindqvist")).toBeTruthy();
    expect(screen.getByText("Specialty")).toBeTruthy();
    expect(screen.getByText("Internal medicine")).toBeTruthy();
    expect(screen.getByText("Family medicine")).toBeTruthy();
  });

  it("puts a field back to what it was before that entry", async () => {
    const restore = vi.spyOn(commands, "historyRestoreField").mockResolvedValue({ status: "ok", data: null });
    tell({ rows: [entry(9, {}, [{ kind: "partner", record: "p3", name: "Pine Hollow", change: "changed", fields: [specialty] }])], next: null });
    await fireEvent.click(await screen.findByRole("button", { name: /Put this back: Specialty/ }));
    expect(restore).toHaveBeenCalledExactlyOnceWith("p3", "partner.specialty", 9, "before");
  });

  it("names what belongs to the record, and offers nothing to put back where it came or was taken back", async () => {
    tell({
      rows: [
        entry(8, {}, [{ kind: "contact_point", record: "c1", name: "(207) 555-0100", change: "added", fields: [] }]),
        entry(7, { undone: true }, [{ kind: "partner", record: "p3", name: "Pine Hollow", change: "changed", fields: [specialty] }]),
      ],
      next: null,
    });
    expect(await screen.findByText("Contact (207) 555-0100 added")).toBeTruthy();
    expect(screen.getByText("Taken back since")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Put this back/ })).toBeNull();
  });

  it("goes on to older changes", async () => {
    const read = tell({ rows: [entry(9, {}, [])], next: 9 }, { rows: [entry(2, { actorName: "Maren Okafor" }, [])], next: null });
    await fireEvent.click(await screen.findByRole("button", { name: "Show older changes" }));
    expect(await screen.findByText("Maren Okafor")).toBeTruthy();
    expect(read).toHaveBeenLastCalledWith("p3", 9, 25);
  });
});

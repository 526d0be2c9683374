import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { CommandFailure } from "$lib/ipc/call";
import { FieldEditing } from "../editing.svelte";
import EditText from "./EditText.svelte";

function shown(send = vi.fn(async () => undefined as unknown), now = { name: "Pine" }) {
  const editing = new FieldEditing<{ name: string }, "name">({
    present: () => now, read: async () => now, stamp: () => 1, valueOf: (page) => page.name, shownOf: (page) => page.name, send,
  });
  const { rerender } = render(EditText<{ name: string }, "name">, { props: { editing, field: "name", label: "Name", value: now.name } });
  const field = () => screen.getByLabelText<HTMLInputElement>("Name");
  return { editing, send, field, rerender };
}
async function type(field: HTMLInputElement, text: string) {
  await fireEvent.focus(field);
  await fireEvent.input(field, { target: { value: text } });
}

describe("a text edited in place", () => {
  it("is saved on leaving the field", async () => {
    const { field, send } = shown();
    await type(field(), "Pine Hollow");
    await fireEvent.blur(field());
    await vi.waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith("name", "Pine Hollow", 1));
    expect(await screen.findByText("Saved")).toBeTruthy();
  });

  it("is saved on Enter", async () => {
    const { field, send } = shown();
    await type(field(), "Pine Hollow");
    await fireEvent.keyDown(field(), { key: "Enter" });
    await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
  });

  it("keeps what was typed and tells the problem beside it when it can't be kept", async () => {
    const { field } = shown(vi.fn(async () => { throw new CommandFailure({ code: "invalid", message: "enter a name", field: "name" }); }));
    await type(field(), "?");
    await fireEvent.blur(field());
    expect((await screen.findByRole("alert")).textContent).toContain("Enter a name.");
    expect(field().value).toBe("?");
    expect(field().getAttribute("aria-invalid")).toBe("true");
  });

  it("shows both values when somebody was faster, and takes theirs when asked", async () => {
    const now = { name: "Pine" };
    const { field, send } = shown(vi.fn(async () => undefined), now);
    await type(field(), "Pine Hollow");
    now.name = "Pine Valley";
    await fireEvent.blur(field());
    expect((await screen.findByRole("alert")).textContent).toContain("Pine Valley");
    expect(send).not.toHaveBeenCalled();
    expect(field().value).toBe("Pine Hollow");
    await fireEvent.click(screen.getByRole("button", { name: "Take theirs" }));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(field().value).toBe("Pine");
  });

  it("is saved also when the screen is left while the field has the focus", async () => {
    const send = vi.fn(async () => undefined as unknown);
    const editing = new FieldEditing<{ name: string }, "name">({
      present: () => ({ name: "Pine" }), read: async () => ({ name: "Pine" }), stamp: () => 1, valueOf: (page) => page.name, shownOf: (page) => page.name, send,
    });
    const { unmount } = render(EditText<{ name: string }, "name">, { props: { editing, field: "name", label: "Name", value: "Pine" } });
    await type(screen.getByLabelText<HTMLInputElement>("Name"), "Pine Hollow");
    unmount();
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith("name", "Pine Hollow", 1));
  });
});

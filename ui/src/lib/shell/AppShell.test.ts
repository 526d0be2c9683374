import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import AppShell from "./AppShell.svelte";
import type { Hit } from "./palette";

function show(more: Record<string, unknown> = {}) {
  const props = {
    practice: "Wrenfield Orthopedics",
    profile: { name: "Maren Okafor", role: "Practice manager" },
    path: "/partners/0190",
    counts: { today: 10 },
    find: vi.fn(async (): Promise<readonly Hit[]> => []),
    onnewreferral: vi.fn(),
    onlock: vi.fn(),
    onundo: vi.fn(),
    goto: vi.fn(),
    children: createRawSnippet(() => ({ render: () => "<h1>Partners</h1>" })),
    ...more,
  };
  render(AppShell, { props });
  return props;
}
const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...more });

describe("the frame", () => {
  it("marks the room one is in and counts what waits", () => {
    show();
    expect(screen.getByRole("link", { name: "Partners" }).getAttribute("aria-current")).toBe("page");
    expect(screen.getByRole("link", { name: "Today 10" }).hasAttribute("aria-current")).toBe(false);
  });

  it("locks, undoes, begins a referral and changes rooms by keys", async () => {
    const props = show();
    await press("n", { ctrlKey: true });
    await press("z", { ctrlKey: true });
    await press("l", { ctrlKey: true });
    await press("3", { ctrlKey: true });
    expect(props.onnewreferral).toHaveBeenCalledOnce();
    expect(props.onundo).toHaveBeenCalledOnce();
    expect(props.onlock).toHaveBeenCalledOnce();
    expect(props.goto).toHaveBeenCalledExactlyOnceWith("#/partners");
  });

  it("leaves out what is not there for the role, by mouse and by keys", async () => {
    const props = show({ closed: ["referrals", "history"], onnewreferral: undefined });
    expect(screen.queryByRole("link", { name: "Referrals" })).toBeNull();
    expect(screen.queryByRole("button", { name: /New referral/ })).toBeNull();
    await press("2", { ctrlKey: true });
    expect(props.goto).not.toHaveBeenCalled();
    await press("3", { ctrlKey: true });
    expect(props.goto).toHaveBeenCalledExactlyOnceWith("#/partners");
  });

  it("finds records and does commands from one field", async () => {
    const run = vi.fn();
    const find = vi.fn(async (): Promise<readonly Hit[]> => [{ id: "1", label: "Keiko Ito", kind: "Person", run }]);
    show({ find });
    await press("k", { ctrlKey: true });
    const field = await screen.findByRole("combobox", { name: "Find or do" });
    await fireEvent.input(field, { target: { value: "kei" } });
    await waitFor(() => expect(screen.getAllByRole("option")[0]?.textContent).toContain("Keiko Ito"));
    await fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("does nothing of its own while a dialog is open, but locks", async () => {
    const props = show();
    await press("k", { ctrlKey: true });
    await screen.findByRole("dialog");
    await press("n", { ctrlKey: true });
    await press("l", { ctrlKey: true });
    expect(props.onnewreferral).not.toHaveBeenCalled();
    expect(props.onlock).toHaveBeenCalledOnce();
  });

  it("lists all keys on a question mark", async () => {
    show();
    await press("?", { shiftKey: true });
    const dialog = await screen.findByRole("dialog", { name: "All keys" });
    expect(dialog.textContent).toContain("Lock now");
    expect(dialog.textContent).toContain("Move in a list");
  });
});

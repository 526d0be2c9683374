import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import { flushDrafts } from "./drafts";
import KeptTextArea from "./KeptTextArea.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const props = { draft: "referral:1:note", label: "Note", value: "Prefers mornings", onsave: () => {} };

describe("a longer text", () => {
  it("comes back as it was typed before the machine locked the practice", async () => {
    vi.spyOn(commands, "draftGet").mockReturnValue(ok({ body: "Prefers mornings, by bus", changedAt: 1 }));
    vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
    const saved = vi.fn();
    render(KeptTextArea, { props: { ...props, onsave: saved } });
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>("Note").value).toBe("Prefers mornings, by bus"));
    await fireEvent.blur(screen.getByLabelText("Note"));
    expect(saved).toHaveBeenCalledExactlyOnceWith("Prefers mornings, by bus");
  });

  it("is saved before a lock from this window, and forgets its draft once it is on record", async () => {
    vi.spyOn(commands, "draftGet").mockReturnValue(ok(null));
    vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
    const cleared = vi.spyOn(commands, "draftClear").mockReturnValue(ok(null));
    const saved = vi.fn();
    const { rerender } = render(KeptTextArea, { props: { ...props, onsave: saved } });
    await fireEvent.input(screen.getByLabelText("Note"), { target: { value: "By bus" } });
    await flushDrafts();
    expect(saved).toHaveBeenCalledExactlyOnceWith("By bus");
    await rerender({ ...props, onsave: saved, value: "By bus" });
    await waitFor(() => expect(cleared).toHaveBeenCalledWith("referral:1:note"));
  });
});

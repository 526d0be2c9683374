import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commands, type ReportsOwed, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import RemindersDialog from "./RemindersDialog.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const owes = (id: string, name: string, next: ReportsOwed["next"]): ReportsOwed => ({ of: { kind: "partner", id }, name, missing: 2, due: next === "waits" ? 0 : 2, since: "2026-11-01", next });

describe("letters about missing reports", () => {
  afterEach(() => { access.rights = null; });

  it("go to those who were not left out, and a call is put down where letters had no answer", async () => {
    access.rights = rights;
    vi.spyOn(commands, "reportsOwed").mockImplementation(() => ok([owes("p", "Pine Hollow", "first"), owes("c", "Cove Street", "second"), owes("g", "Gull Road", "call"), owes("w", "West End", "waits")]));
    vi.spyOn(commands, "thanksLettersChoose").mockResolvedValue({ token: "t", name: "Reminders.pdf" } as never);
    const save = vi.spyOn(commands, "reportRemindersSave").mockImplementation(() => ok({ fileName: "Reminders.pdf", letters: 1, pages: 1, unwritable: 0, entry: {} } as never));
    const call = vi.spyOn(commands, "reportCall").mockImplementation(() => ok(null));
    render(WithQueries, { props: { client: new QueryClient({ defaultOptions: { queries: { retry: false } } }), component: RemindersDialog as never, props: { onleave: vi.fn() } } });
    await screen.findByRole("button", { name: /^Write 2 letters/ });
    expect(screen.getByText(/Nothing to do now/)).toBeTruthy();
    await fireEvent.click(screen.getByLabelText("Cove Street"));
    await fireEvent.click(screen.getByRole("button", { name: /^Write 1 letter/ }));
    await waitFor(() => expect(save).toHaveBeenCalledExactlyOnceWith("t", [{ kind: "partner", id: "p" }], "pdf"));
    expect((await screen.findByRole("status")).textContent).toBe("1 letter written to Reminders.pdf.");
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Put down a call" });
    await waitFor(() => expect(button.disabled).toBe(false));
    await fireEvent.click(button);
    await waitFor(() => expect(call).toHaveBeenCalledExactlyOnceWith({ kind: "partner", id: "g" }));
  });
});

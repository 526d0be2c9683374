import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type QueueRow } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import ThanksQueue from "./ThanksQueue.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const row = (id: string, name: string): QueueRow => ({ of: { kind: "partner", id }, name, at: "", known: "", dueOn: "2026-11-27", late: false, draft: { form: "letter", line: "Your note about the knee helped us.", body: "", template: null } });

function open() {
  vi.spyOn(access, "writes").mockReturnValue(true);
  vi.spyOn(commands, "thanksQueue").mockImplementation(() => ok([row("pine", "Pine Hollow"), row("oak", "Oak Street Gym")]));
  vi.spyOn(commands, "thanksHeld").mockImplementation(() => ok([{ of: { kind: "partner" as const, id: "pine" }, referral: "r1", rating: 4 }]));
  vi.spyOn(commands, "thanksTemplates").mockImplementation(() => ok([]));
  vi.spyOn(commands, "thanksLetter").mockImplementation(() => new Promise(() => undefined));
  vi.spyOn(commands, "thanksDraft").mockImplementation(() => ok(null));
  vi.spyOn(commands, "thanksLettersCheck").mockImplementation(() => ok([
    { of: { kind: "partner", id: "pine" }, name: "Pine Hollow", hasAddress: true, trouble: { kind: "not_followed_up" } },
    { of: { kind: "partner", id: "oak" }, name: "Oak Street Gym", hasAddress: true, trouble: null },
  ]));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: ThanksQueue as never, props: { onopen: vi.fn() } } });
}

describe("who waits for thanks", () => {
  it("shows a low rating nobody followed up, with the way to its referral", async () => {
    open();
    const line = await screen.findByText(/Rated 4 of 10, not followed up yet/);
    expect(line.closest("li")?.textContent).toContain("Pine Hollow");
    expect(line.querySelector("a")?.getAttribute("href")).toBe("#/referrals/r1");
    expect(screen.getAllByText(/Rated/)).toHaveLength(1);
  });

  it("leaves them out of a batch of letters and says why", async () => {
    open();
    await screen.findByText(/Rated 4 of 10/);
    await fireEvent.click(screen.getByRole("button", { name: /Letters to many/ }));
    expect(await screen.findByText("A low rating is not followed up yet")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Letter to Pine Hollow").disabled).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>("Letter to Oak Street Gym").disabled).toBe(false);
  });
});

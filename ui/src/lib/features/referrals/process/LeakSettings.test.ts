import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type LeakReason, type Rights } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import LeakSettings from "./LeakSettings.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const rights: Rights = {
  network: "approve", referrals: "approve", gratitude: "approve", outreach: "approve", insights: "approve", exchange: "approve", history: "approve", vault: "approve",
  scope: "all", hidden: { patients: false, reason: false, money: false }, export: true, manageProfiles: true,
};
const reasons: LeakReason[] = [{ code: "wait", text: "The wait was too long" }, { code: "cost", text: "It costs too much" }, { code: "ours", text: "We forgot" }];

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: LeakSettings as never, props: {} } });
  return screen.findByRole("list", { name: "Reasons" });
}
async function type(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await fireEvent.focus(field);
  await fireEvent.input(field, { target: { value: text } });
  await fireEvent.blur(field);
}

describe("what leaks are held against", () => {
  let set: ReturnType<typeof vi.spyOn>;
  let target: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    access.rights = rights;
    vi.spyOn(commands, "leakReasons").mockImplementation(() => ok(reasons));
    vi.spyOn(commands, "leakTarget").mockImplementation(() => ok(30));
    set = vi.spyOn(commands, "leakReasonsSet").mockImplementation(() => ok(null));
    target = vi.spyOn(commands, "leakTargetSet").mockImplementation(() => ok(null));
  });
  afterEach(() => {
    access.rights = null;
  });

  it("is a target in whole percent, or none", async () => {
    await show();
    await type("Own target for the leak rate", "120");
    expect(screen.getByText("Give whole percent from 0 to 100, or nothing.")).toBeTruthy();
    expect(target).not.toHaveBeenCalled();
    await type("Own target for the leak rate", "25");
    expect(target).toHaveBeenLastCalledWith(25);
    await type("Own target for the leak rate", "");
    expect(target).toHaveBeenLastCalledWith(null);
  });

  it("keeps the code of a reason when its words change, and has each once", async () => {
    await show();
    await type("Reason 1", "Too long a wait");
    expect(set).toHaveBeenCalledExactlyOnceWith([{ code: "wait", text: "Too long a wait" }, ...reasons.slice(1)]);
    await type("Reason 2", " we FORGOT ");
    expect(screen.getByText("This reason is on the list already.")).toBeTruthy();
    await type("Reason 2", " ");
    expect(screen.getByText("Say the reason in a few words, or remove the line.")).toBeTruthy();
    expect(set).toHaveBeenCalledOnce();
  });

  it("is moved by key, added to and removed from", async () => {
    await show();
    await fireEvent.keyDown(screen.getByLabelText("Reason 2"), { key: "ArrowUp", altKey: true });
    expect((set.mock.lastCall?.[0] as LeakReason[]).map(({ code }) => code)).toEqual(["cost", "wait", "ours"]);
    await fireEvent.click(screen.getByRole("button", { name: "Remove We forgot" }));
    expect((set.mock.lastCall?.[0] as LeakReason[]).some(({ code }) => code === "ours")).toBe(false);
    await fireEvent.input(screen.getByLabelText("New reason"), { target: { value: "It moved away" } });
    await fireEvent.click(screen.getByRole("button", { name: "Add a reason" }));
    expect((set.mock.lastCall?.[0] as LeakReason[]).at(-1)?.text).toBe("It moved away");
  });

  it("is read by everybody else", async () => {
    access.rights = { ...rights, vault: "none" };
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    render(WithQueries, { props: { client, component: LeakSettings as never, props: {} } });
    expect(await screen.findByText("We forgot")).toBeTruthy();
    expect(screen.getByText("Own target: 30 %.")).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});

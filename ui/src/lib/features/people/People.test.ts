import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Member } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import People from "./People.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
const maren: Member = { id: "m", name: "Maren Okafor", initials: "MO", role: "owner", state: "active", activeFrom: "2026-01-02", activeTo: null, lastUnlock: 1_764_000_000_000, partners: 3, tasks: 0, plans: 0, deputies: 0, you: true };
const tess: Member = { id: "t", name: "Tess Lindqvist", initials: "TL", role: "liaison", state: "no_way_in", activeFrom: null, activeTo: null, lastUnlock: null, partners: 12, tasks: 2, plans: 1, deputies: 3, you: false };
const jonas: Member = { ...tess, id: "j", name: "Jonas Adeyemi", initials: "JA", role: "front_desk", state: "retired", partners: 0, tasks: 0, plans: 0, deputies: 0 };
const card = { name: "Tess Lindqvist", practice: "Harborview", phrase: "lantern orbit velvet canyon maple", madeOn: "2026-11-02" };
const roles: Record<string, string> = { owner: "Owner", liaison: "Liaison", front_desk: "Front desk" };

async function open(sample = false) {
  render(WithQueries, { props: { client: client(), component: People as never, props: { roleOf: (role: string) => roles[role] ?? role, sample } } });
  return screen.findByText("Tess Lindqvist");
}
async function act(name: string, action: string) {
  await fireEvent.click(screen.getByRole("button", { name: `Actions for ${name}` }));
  await fireEvent.click(screen.getByRole("menuitem", { name: action }));
}
async function confirm(button: string) {
  const dialog = screen.getByRole("dialog");
  await fireEvent.input(within(dialog).getByLabelText("Your passphrase"), { target: { value: "my own words" } });
  await fireEvent.click(within(dialog).getByRole("button", { name: new RegExp(`^${button}`) }));
}

beforeEach(() => {
  vi.spyOn(commands, "peopleMembers").mockImplementation(() => ok([maren, tess, jonas]));
});

describe("the people of the practice", () => {
  it("stand with role, state and what they look after", async () => {
    await open();
    expect(screen.getByText("No way in")).toBeTruthy();
    expect(screen.getByText("Retired")).toBeTruthy();
    expect(screen.getByText(/Owner, you/).textContent).toContain("looks after 3 partners");
  });

  it("are not managed in the sample, where nobody has a passphrase", async () => {
    await open(true);
    expect(screen.queryByRole("button", { name: "Add a profile" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Actions for Tess Lindqvist" })).toBeNull();
  });

  it("cannot retire themselves or hand themselves a phrase", async () => {
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Actions for Maren Okafor" }));
    const items = screen.getAllByRole("menuitem").map((item) => item.textContent?.trim());
    expect(items).toEqual(["Change", "Hand partners and tasks to somebody else"]);
  });

  it("are added with a phrase that is shown once", async () => {
    const add = vi.spyOn(commands, "peopleAdd").mockImplementation(() => ok(card));
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Add a profile" }));
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Tess Lindqvist" } });
    await confirm("Add and make a phrase");
    await screen.findByText(card.phrase);
    expect(add).toHaveBeenCalledWith("my own words", { name: "Tess Lindqvist", initials: "", role: "front_desk", activeFrom: null, activeTo: null });
    await fireEvent.click(screen.getByRole("button", { name: /^Handed over/ }));
    await waitFor(() => expect(screen.queryByText(card.phrase)).toBeNull());
  });

  it("tell a wrong passphrase beside its field and keep what was typed", async () => {
    vi.spyOn(commands, "peopleAdd").mockResolvedValue({ status: "error", error: { code: "wrong_passphrase", message: "This passphrase does not open the practice.", field: "passphrase" } });
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Add a profile" }));
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Tess Ann" } });
    await confirm("Add and make a phrase");
    expect((await screen.findByRole("alert")).textContent).toContain("does not open");
    expect(screen.getByLabelText("Your passphrase").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Tess Ann");
  });

  it("are retired with the passphrase and keep their partners unless somebody else takes them", async () => {
    const retire = vi.spyOn(commands, "peopleRetire").mockImplementation(() => ok(null));
    const over = vi.spyOn(commands, "peopleHandOver");
    await open();
    await act("Tess Lindqvist", "Retire");
    expect(screen.getByLabelText(/^Who takes over 12 partners, 2 open tasks, 1 running plan and standing in for 3 partners/)).toBeTruthy();
    await confirm("Retire");
    await waitFor(() => expect(retire).toHaveBeenCalledWith("my own words", "t"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(over).not.toHaveBeenCalled();
  });

  it("hand their partners to somebody else", async () => {
    const over = vi.spyOn(commands, "peopleHandOver").mockImplementation(() => ok({ changed: 12, unchanged: 0, refused: [] }));
    const tasks = vi.spyOn(commands, "peopleHandOverTasks").mockImplementation(() => ok(2));
    await open();
    await act("Tess Lindqvist", "Hand partners and tasks to somebody else");
    await fireEvent.change(screen.getByLabelText("To"), { target: { value: "m" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Hand over/ }));
    await waitFor(() => expect(over).toHaveBeenCalledWith("t", "m"));
    await waitFor(() => expect(tasks).toHaveBeenCalledWith("t", "m"));
  });

  it("come back with a new phrase", async () => {
    const hand = vi.spyOn(commands, "peopleHandPhrase").mockImplementation(() => ok({ ...card, name: "Jonas Adeyemi" }));
    await open();
    await act("Jonas Adeyemi", "Make active again");
    await confirm("Make a phrase");
    await screen.findByText(card.phrase);
    expect(hand).toHaveBeenCalledWith("my own words", "j");
  });
});

import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import AddPartner from "./AddPartner.svelte";
import AddPerson from "./AddPerson.svelte";

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock("$app/navigation", () => ({ goto }));

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`));
const type = (label: string, text: string) => fireEvent.input(field(label), { target: { value: text } });

beforeEach(() => {
  goto.mockReset();
  vi.spyOn(commands, "draftGet").mockImplementation(() => ok(null));
  vi.spyOn(commands, "draftSave").mockImplementation(() => ok(null));
  vi.spyOn(commands, "draftClear").mockImplementation(() => ok(null));
  vi.spyOn(commands, "networkDuplicates").mockImplementation(() => ok([]));
  vi.spyOn(commands, "partnerTypes").mockResolvedValue([{ type: "primary_care", class: "medical" }, { type: "gym", class: "business" }]);
  vi.spyOn(commands, "door").mockResolvedValue({ status: "error", error: { code: "locked", message: "", field: null } });
});

describe("adding a partner", () => {
  const onadded = vi.fn();
  async function open() {
    render(WithQueries, { props: { client: client(), component: AddPartner as never, props: { open: true, onadded } } });
    await screen.findByRole("option", { name: "Primary care" });
  }

  it("tells beside each field what is missing, and sends nothing", async () => {
    const add = vi.spyOn(commands, "partnerAdd");
    await open();
    await fireEvent.click(screen.getByRole("button", { name: /^Add partner/ }));
    expect(screen.getByText("Enter a name.")).toBeTruthy();
    expect(screen.getByText("Choose a type.")).toBeTruthy();
    expect(add).not.toHaveBeenCalled();
  });

  it("shows a wrong NPI beside the NPI and keeps all that was typed", async () => {
    vi.spyOn(commands, "partnerAdd").mockResolvedValue({ status: "error", error: { code: "invalid", message: "the check digit does not fit", field: "npi" } });
    await open();
    await type("Name", "Pine Hollow");
    await fireEvent.change(field("Type"), { target: { value: "primary_care" } });
    await type("NPI", "1234567890");
    await fireEvent.click(screen.getByRole("button", { name: /^Add partner/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("The check digit does not fit.");
    expect(field("NPI").getAttribute("aria-invalid")).toBe("true");
    expect(field("Name").value).toBe("Pine Hollow");
  });

  it("shows who is on record already while one types, and opens that one instead", async () => {
    vi.spyOn(commands, "networkDuplicates").mockImplementation(() => ok([{ record: { kind: "partner", id: "p3" }, name: "Pine Hollow Family Medicine", detail: "Alder Falls", why: ["similar_name"], certain: false }]));
    await open();
    await type("Name", "Pine Hollow");
    await fireEvent.click(await screen.findByRole("button", { name: "Use this one: Pine Hollow Family Medicine" }));
    expect(goto).toHaveBeenCalledWith("#/partners/p3");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("offers the types of the chosen class only", async () => {
    await open();
    await fireEvent.click(screen.getByLabelText("Business"));
    expect(await screen.findByRole("option", { name: "Gym" })).toBeTruthy();
    expect(screen.queryByRole("option", { name: "Primary care" })).toBeNull();
  });

  it("brings back what was typed last time", async () => {
    vi.spyOn(commands, "draftGet").mockImplementation(() => ok({ body: JSON.stringify({ class: "medical", name: "Half a na" }), changedAt: 0 }));
    await open();
    await waitFor(() => expect(field("Name").value).toBe("Half a na"));
  });

  it("adds it, forgets the draft and leads to it", async () => {
    const add = vi.spyOn(commands, "partnerAdd").mockImplementation(() => ok("new"));
    await open();
    await type("Name", "Pine Hollow");
    await fireEvent.change(field("Type"), { target: { value: "primary_care" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Add partner/ }));
    await waitFor(() => expect(onadded).toHaveBeenCalledWith("new"));
    expect(add.mock.lastCall?.[0]).toMatchObject({ class: "medical", type: "primary_care", name: "Pine Hollow" });
    expect(commands.draftClear).toHaveBeenCalledWith("partner_new");
  });
});

describe("adding a person at a partner", () => {
  it("uses the one on record, with the role and part typed so far", async () => {
    vi.spyOn(commands, "networkDuplicates").mockImplementation(() => ok([{ record: { kind: "person", id: "k1" }, name: "Keiko Ito, MD", detail: "", why: ["same_name"], certain: true }]));
    const link = vi.spyOn(commands, "affiliationAdd").mockImplementation(() => ok("a1"));
    const add = vi.spyOn(commands, "personAdd");
    render(WithQueries, { props: { client: client(), component: AddPerson as never, props: { open: true, at: { id: "p3", name: "Pine Hollow" } } } });
    await type("Name", "Keiko Ito");
    await fireEvent.click(screen.getByLabelText("Decides"));
    await fireEvent.click(await screen.findByRole("button", { name: "Use this one: Keiko Ito, MD" }));
    await waitFor(() => expect(link).toHaveBeenCalledWith("k1", expect.objectContaining({ partner: "p3", influence: expect.objectContaining({ decides: true }) })));
    expect(add).not.toHaveBeenCalled();
  });
});

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "$lib/ipc/call";
import type { PatientIdentity } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import RegisterPaper from "./RegisterPaper.svelte";

const print = () => fireEvent.click(screen.getByRole("button", { name: /^Print/ }));

describe("a list before it goes on paper", () => {
  beforeEach(() => { access.rights = null; });

  it("names nobody unless somebody says so", async () => {
    const onprint = vi.fn<(patients: PatientIdentity) => Promise<void>>().mockResolvedValue(undefined);
    render(RegisterPaper, { props: { onprint, onleave: vi.fn() } });
    expect(screen.getByText("A token stands for each patient.")).toBeTruthy();
    await print();
    expect(onprint).toHaveBeenCalledExactlyOnceWith({ kind: "omitted" });
  });

  it("asks with names for whom, what for and on what ground, and shows what the core refuses beside its field", async () => {
    const onprint = vi.fn<(patients: PatientIdentity) => Promise<void>>().mockImplementation(() => ask(Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message: "Say who receives it, in at most 200 characters.", field: "recipient", meanwhile: [] } })));
    render(RegisterPaper, { props: { onprint, onleave: vi.fn() } });
    await fireEvent.click(screen.getByLabelText(/Print patients’ names and chart numbers/));
    await print();
    expect(onprint).not.toHaveBeenCalled();
    expect(screen.getByText("Say who receives it.")).toBeTruthy();
    await fireEvent.input(screen.getByLabelText("Recipient"), { target: { value: "The morning round" } });
    await fireEvent.input(screen.getByLabelText("Purpose"), { target: { value: "Rounds" } });
    await fireEvent.change(screen.getByLabelText(/^Legal basis/), { target: { value: "operations" } });
    await print();
    await waitFor(() => expect(onprint).toHaveBeenCalledExactlyOnceWith({ kind: "included", to: { name: "The morning round", address: "", purpose: "Rounds", basis: "operations" }, authorisedFor: null }));
    expect(await screen.findByText(/Say who receives it, in at most 200/)).toBeTruthy();
  });
});

import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type ReferralWay, type RequiredField, type StageShown } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { leak } from "../leaks/testing";
import StageDialog from "./StageDialog.svelte";

const stage = (code: string, required: RequiredField[] = []): StageShown => ({
  code, name: null, done: false, on: null, minute: null, by: null, note: null, passedOver: false, planned: null, limit: null, taken: null, leaked: false, required, checklist: [],
});
const way: ReferralWay = {
  row: leak("a", "no_show").row, kind: null, travel: null, open: true, trackedOn: "2026-11-02", stage: "received", holder: null, heldOn: null, nextStep: null, next: "acknowledged", dueOn: null,
  stages: [stage("acknowledged"), stage("scheduled", ["scheduled_on", "reason"]), stage("closed", ["outcome"])], rebooked: [], steps: [], hands: [], contactLost: false,
};

function open(to: string | null) {
  vi.spyOn(commands, "referralWay").mockResolvedValue({ status: "ok", data: way });
  const move = vi.spyOn(commands, "referralStage").mockResolvedValue({ status: "ok", data: null });
  const onleave = vi.fn();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: StageDialog as never, props: { id: "a", patient: "Patient a", stage: to, onleave } } });
  return { move, onleave };
}

describe("moving a stage", () => {
  it("asks for what the stage needs and is not known yet", async () => {
    const { move, onleave } = open("scheduled");
    await fireEvent.input(await screen.findByLabelText("Reason"), { target: { value: "Knee" } });
    const visit = screen.getByLabelText("Day of the visit");
    await fireEvent.input(visit, { target: { value: "12/03/2026" } });
    await fireEvent.blur(visit);
    await fireEvent.click(screen.getByRole("button", { name: /Done: scheduled/ }));
    await waitFor(() => expect(onleave).toHaveBeenCalled());
    expect(move).toHaveBeenCalledExactlyOnceWith("a", expect.objectContaining({ stage: "scheduled", changes: [{ field: "scheduled_on", value: "2026-12-03" }, { field: "reason", value: "Knee" }] }));
  });

  it("goes to what is next where no stage was chosen, and stays open with what was refused beside its field", async () => {
    const { move, onleave } = open(null);
    move.mockResolvedValue({ status: "error", error: { code: "invalid", message: "This day lies ahead.", field: "on" } });
    await fireEvent.click(await screen.findByRole("button", { name: /Done: acknowledged/ }));
    expect(await screen.findByText("This day lies ahead.")).toBeTruthy();
    expect(onleave).not.toHaveBeenCalled();
    expect(screen.queryByLabelText("Reason")).toBeNull();
  });
});

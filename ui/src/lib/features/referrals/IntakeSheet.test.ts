import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type SourceSuggestion, type Taken } from "$lib/ipc/bindings";
import { handleKey } from "$lib/shell/keys";
import IntakeSheet from "./IntakeSheet.svelte";

vi.mock("$app/navigation", () => ({ goto: vi.fn() }));
vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  const client = new real.QueryClient({ defaultOptions: { queries: { retry: false } } });
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => client) };
});

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const ito: SourceSuggestion = { source: { kind: "known", partner: "p", person: "k" }, kind: "person", title: "Keiko Ito, MD", detail: "Pine Hollow Family Medicine", matched: [] };
const saved: Taken = { kind: "saved", id: "r", entry: null };

function desk() {
  return {
    intake: vi.spyOn(commands, "referralIntake").mockReturnValue(ok(saved)),
    keep: vi.spyOn(commands, "draftSave").mockReturnValue(ok(null)),
    clear: vi.spyOn(commands, "draftClear").mockReturnValue(ok(null)),
    draft: vi.spyOn(commands, "draftGet").mockReturnValue(ok(null)),
  };
}

describe("the intake dialog", () => {
  beforeEach(() => {
    vi.spyOn(commands, "referralSources").mockReturnValue(ok([ito]));
    vi.spyOn(commands, "referralWords").mockReturnValue(ok({ reasons: ["Knee"], serviceLines: [], payers: [], diagnosisGroups: [], countries: [] }));
    vi.spyOn(commands, "referralsOpenOfPatient").mockReturnValue(ok([]));
    vi.spyOn(commands, "searchEverything").mockReturnValue(ok([]));
  });

  const patient = () => screen.getByLabelText<HTMLInputElement>("Patient");
  const who = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Who can we thank for sending you?" });
  const enter = (field: HTMLElement) => fireEvent.keyDown(field, { key: "Enter" });
  async function type(field: HTMLInputElement, text: string) {
    field.focus();
    await fireEvent.input(field, { target: { value: text } });
  }

  it("takes a known referrer in with two fields and Enter", async () => {
    const { intake } = desk();
    const onclose = vi.fn();
    render(IntakeSheet, { props: { onclose } });
    await type(patient(), "R. Achterberg");
    await enter(patient());
    await waitFor(() => expect(document.activeElement).toBe(who()));
    await type(who(), "kei");
    await waitFor(() => expect(screen.getAllByRole("option")[0]?.textContent).toContain("Keiko Ito, MD"));
    await enter(who());
    expect(who().value).toBe("Keiko Ito, MD");
    await enter(who());
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(intake.mock.calls[0]?.[0]).toMatchObject({ source: ito.source, patient: { name: "R. Achterberg" }, receivedOn: null });
  });

  it("asks who it was when a name was begun and not chosen, and saves nothing", async () => {
    const { intake } = desk();
    render(IntakeSheet, { props: { onclose: vi.fn() } });
    await type(patient(), "R. Achterberg");
    await type(who(), "kei");
    await fireEvent.keyDown(who(), { key: "Enter", ctrlKey: true });
    expect(await screen.findByText("Choose a name from the list, or add it as a new one.")).toBeTruthy();
    expect(intake).not.toHaveBeenCalled();
  });

  it("accepts that nobody was asked by Alt and 3", async () => {
    const { intake } = desk();
    render(IntakeSheet, { props: { onclose: vi.fn() } });
    await type(patient(), "R. Achterberg");
    handleKey(new KeyboardEvent("keydown", { key: "3", code: "Digit3", altKey: true }));
    await waitFor(() => expect(screen.getByRole("button", { name: /Not asked/ }).getAttribute("aria-pressed")).toBe("true"));
    await fireEvent.keyDown(patient(), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(intake).toHaveBeenCalledOnce());
    expect(intake.mock.calls[0]?.[0].source).toEqual({ kind: "not_asked" });
  });

  it("asks before recording the same referral twice, and records it when told to", async () => {
    const { intake } = desk();
    const party = { partner: null, partnerName: null, class: null, person: null, personName: null };
    intake.mockReturnValueOnce(ok<Taken>({
      kind: "duplicate",
      of: [{ id: "r0", receivedOn: "2026-11-03", direction: "inbound", patient: "R. Achterberg", chartNumber: null, from: party, to: party, sourceAnswer: "not_asked", reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "open", scheduledOn: null, seenOn: null, closedOn: null }],
    }));
    const onclose = vi.fn();
    render(IntakeSheet, { props: { onclose } });
    await type(patient(), "R. Achterberg");
    handleKey(new KeyboardEvent("keydown", { key: "3", code: "Digit3", altKey: true }));
    await fireEvent.keyDown(patient(), { key: "Enter", ctrlKey: true });
    await fireEvent.click(await screen.findByRole("button", { name: "Record it all the same" }));
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
    expect(intake.mock.calls.map(([sent]) => sent.confirmDuplicate)).toEqual([false, true]);
  });

  it("shows a refusal beside its field and keeps what was typed", async () => {
    const { intake } = desk();
    intake.mockReturnValueOnce(Promise.resolve({ status: "error", error: { code: "invalid", message: "This is too long. Keep it to 60 characters.", field: "chartNumber" } }));
    render(IntakeSheet, { props: { onclose: vi.fn() } });
    await type(patient(), "R. Achterberg");
    handleKey(new KeyboardEvent("keydown", { key: "1", code: "Digit1", altKey: true }));
    await fireEvent.keyDown(patient(), { key: "Enter", ctrlKey: true });
    expect(await screen.findByText("This is too long. Keep it to 60 characters.")).toBeTruthy();
    expect(patient().value).toBe("R. Achterberg");
  });

  it("brings a draft back, and keeps what is typed on", async () => {
    const { draft, keep } = desk();
    draft.mockReturnValue(ok({ body: JSON.stringify({ patient: "R. Achterberg" }), changedAt: 1 }));
    const { unmount } = render(IntakeSheet, { props: { onclose: vi.fn() } });
    await screen.findByText(/Draft restored/);
    expect(patient().value).toBe("R. Achterberg");
    await type(patient(), "R. Achterberg-Lind");
    unmount();
    await waitFor(() => expect(keep).toHaveBeenCalled());
    expect(JSON.parse(keep.mock.calls.at(-1)?.[1] ?? "{}")).toMatchObject({ patient: "R. Achterberg-Lind" });
  });
});

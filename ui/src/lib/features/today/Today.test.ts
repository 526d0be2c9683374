import { render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type FollowUp, type HandOffShown, type RegisterRow, type TodayOverview } from "$lib/ipc/bindings";
import { handleKey } from "$lib/shell/keys";
import Today from "./Today.svelte";

vi.mock("$app/navigation", () => ({ goto: vi.fn() }));
vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => new real.QueryClient({ defaultOptions: { queries: { retry: false } } })) };
});

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const nobody = { partner: null, partnerName: null, class: null, person: null, personName: null };
const row = (id: string, patient: string, more: Partial<RegisterRow> = {}): RegisterRow => ({
  id, patient, receivedOn: "2026-11-10", direction: "inbound", chartNumber: null, from: nobody, to: nobody, sourceAnswer: "not_asked",
  reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "open", scheduledOn: null, seenOn: null, closedOn: null, ...more,
});
const of = (...rows: RegisterRow[]) => ({ total: { count: rows.length, exact: true }, rows });
const day = (more: Partial<TodayOverview> = {}): TodayOverview => ({
  date: "2026-11-21", newSinceYesterday: of(), newThisWeek: { count: 0, exact: true }, notAsked: of(), visitsToConfirm: of(), openLong: of(), goneQuiet: [], ...more,
});
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));

function morning(overview: TodayOverview, anything = true, more: { offers?: HandOffShown[]; followUps?: FollowUp[] } = {}) {
  vi.spyOn(commands, "todayOverview").mockReturnValue(ok(overview));
  vi.spyOn(commands, "referralsList").mockReturnValue(ok({ rows: anything ? [row("any", "Any")] : [], next: null, total: { count: anything ? 1 : 0, exact: true } }));
  vi.spyOn(commands, "batonsList").mockReturnValue(ok({ rows: [], next: null, total: 0, overdue: 0 }));
  vi.spyOn(commands, "batonOffers").mockReturnValue(ok(more.offers ?? []));
  vi.spyOn(commands, "experienceFollowUps").mockReturnValue(ok(more.followUps ?? []));
  const props = { onnewreferral: vi.fn(), onask: vi.fn(), onfollow: vi.fn(), onbaton: vi.fn(), onall: vi.fn() };
  render(Today, { props });
  return props;
}

describe("Today", () => {
  let edit: MockInstance<typeof commands.referralEdit>;
  beforeEach(() => { edit = vi.spyOn(commands, "referralEdit").mockReturnValue(ok(null)); });

  it("confirms a visit on its agreed day by one key", async () => {
    morning(day({ visitsToConfirm: of(row("v", "T. Odell", { state: "scheduled", scheduledOn: "2026-11-16" })) }));
    await screen.findByText("T. Odell");
    press("m");
    await waitFor(() => expect(edit).toHaveBeenCalledExactlyOnceWith("v", [{ field: "seen_on", value: "2026-11-16" }], null));
  });

  it("acts on the row the keys moved to, with that row's own act", async () => {
    const { onask } = morning(day({ visitsToConfirm: of(row("v", "T. Odell", { scheduledOn: "2026-11-16" })), notAsked: of(row("n", "I. Duarte")) }));
    await screen.findByText("I. Duarte");
    press("j");
    press("m");
    press("a");
    expect(edit).not.toHaveBeenCalled();
    expect(onask).toHaveBeenCalledOnce();
    expect(onask.mock.calls[0]?.[0]).toMatchObject({ id: "n" });
  });

  it("opens the follow-up of a visit that went badly by one key", async () => {
    const experience = { id: "e", visitOn: "2026-11-19", rating: 3, confidence: null, tookPart: null, comment: null, followedUpOn: null, followUpNote: null };
    const { onfollow } = morning(day({ notAsked: of(row("n", "I. Duarte")) }), true, { followUps: [{ row: row("x", "B. Okafor"), experience }] });
    await screen.findByText("B. Okafor");
    press("f");
    expect(onfollow).toHaveBeenCalledExactlyOnceWith({ id: "e", patient: "B. Okafor" });
  });

  it("says that nothing waits when there is work on record and none to do", async () => {
    morning(day());
    expect(await screen.findByRole("heading", { name: "Nothing waits" })).toBeTruthy();
  });

  it("answers what is offered to me by one key", async () => {
    const answer = vi.spyOn(commands, "batonAnswer").mockReturnValue(ok(null));
    const holder = { holder: { kind: "profile" as const, id: "j" }, name: "Jonas Adeyemi", away: false, deputy: null };
    morning(day(), true, { offers: [{ row: row("o", "S. Okonjo"), from: holder, to: holder, nextStep: null, dueOn: null, note: null, givenOn: "2026-11-20", lapsed: false, forMe: true, fromMe: false }] });
    await screen.findByText("S. Okonjo");
    press("n");
    await waitFor(() => expect(answer).toHaveBeenLastCalledWith("o", "decline"));
    await waitFor(() => { press("y"); expect(answer).toHaveBeenLastCalledWith("o", "accept"); });
  });

  it("teaches where to begin in an empty practice", async () => {
    morning(day(), false);
    expect(await screen.findByRole("link", { name: "Import a spreadsheet" })).toBeTruthy();
  });
});

import { describe, expect, it } from "vitest";
import type { BatonRow, HandOffShown, RegisterRow, TodayOverview } from "$lib/ipc/bindings";
import { batonGroups, groupsOf, sideOf } from "./rows";
import { waiting } from "./waiting";

const nobody = { partner: null, partnerName: null, class: null, person: null, personName: null };
const row = (more: Partial<RegisterRow> = {}): RegisterRow => ({
  id: "r", receivedOn: "2026-11-20", direction: "inbound", patient: "R. Achterberg", chartNumber: null, from: nobody, to: nobody, sourceAnswer: "not_asked",
  reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "open", scheduledOn: null, seenOn: null, closedOn: null, ...more,
});
const of = (...rows: RegisterRow[]) => ({ total: { count: rows.length, exact: true }, rows });
const day = (more: Partial<TodayOverview> = {}): TodayOverview => ({
  date: "2026-11-21", newSinceYesterday: of(), newThisWeek: { count: 0, exact: true }, notAsked: of(), visitsToConfirm: of(), openLong: of(), goneQuiet: [], ...more,
});

describe("the morning", () => {
  it("puts visits to confirm before questions, and news last", () => {
    const groups = groupsOf(day({ newSinceYesterday: of(row()), notAsked: of(row()), visitsToConfirm: of(row({ scheduledOn: "2026-11-16" })) }));
    expect(groups.map((group) => group.id)).toEqual(["visits", "notAsked", "news"]);
    expect(groups[0]?.rows[0]).toMatchObject({ act: "seen", late: true, when: "Nov 16" });
  });

  it("begins with the calls about visits that went badly", () => {
    const low = { row: row({ id: "x" }), experience: { id: "e", visitOn: "2026-11-19", rating: 3, confidence: null, tookPart: null, comment: null, followedUpOn: null, followUpNote: null } };
    const [care] = groupsOf(day({ notAsked: of(row()) }), true, [low]);
    expect(care).toMatchObject({ id: "care", total: { count: 1 } });
    expect(care?.rows[0]).toMatchObject({ act: "call", experience: "e", when: "visit Nov 19", detail: "experience 3 of 10, nobody named" });
    expect(groupsOf(day(), false, [low])[0]?.rows[0]?.act).toBe("look");
  });

  it("keeps the same referral apart where it waits for two things", () => {
    const ids = groupsOf(day({ newSinceYesterday: of(row()), notAsked: of(row()) })).flatMap((group) => group.rows.map((one) => one.id));
    expect(new Set(ids).size).toBe(2);
  });

  it("counts what one key clears, neither the news nor the backlog", () => {
    expect(waiting(day({ newSinceYesterday: of(row(), row()), notAsked: of(row()), openLong: of(row()) }))).toBe(1);
  });

  it("names a person with their practice once", () => {
    expect(sideOf(row({ from: { ...nobody, personName: "Keiko Ito, MD", partnerName: "Pine Hollow" } }))).toBe("Keiko Ito, MD, Pine Hollow");
    expect(sideOf(row({ from: { ...nobody, personName: "Lena Voss, PT", partnerName: "Lena Voss, PT" } }))).toBe("Lena Voss, PT");
    expect(sideOf(row())).toBe("nobody named");
  });
});

describe("batons of the morning", () => {
  const holder = { holder: { kind: "profile" as const, id: "j" }, name: "Jonas Adeyemi", away: false, deputy: null };
  const baton = (id: string, more: Partial<BatonRow> = {}): BatonRow => ({
    row: row({ id }), stage: "received", stageName: null, place: 1, places: 8, next: "contacted", waited: { days: 5, limit: 2, unit: "wd" }, nextStep: null, holder, heldOn: "2026-11-10", daysHeld: 11,
    dueOn: "2026-11-16", overdue: true, leaks: true, offeredTo: null, offerLapsed: false, ...more,
  });
  const offer = (id: string, more: Partial<HandOffShown> = {}): HandOffShown => ({ row: row({ id }), from: holder, to: holder, nextStep: "Explain the consent form", dueOn: null, note: null, givenOn: "2026-11-20", lapsed: false, forMe: true, fromMe: false, ...more });

  it("say who has it, which step, and how late; what is offered to me comes first", () => {
    const groups = batonGroups([offer("o"), offer("g", { forMe: false, fromMe: true })], { rows: [baton("a")], next: null, total: 12, overdue: 12 }, "2026-11-21");
    expect(groups.map(({ id, total }) => [id, total.count])).toEqual([["offers", 1], ["late", 12]]);
    expect(groups[0]?.rows[0]).toMatchObject({ act: "take", detail: "Explain the consent form, from Jonas Adeyemi", when: "since Nov 20" });
    expect(groups[1]?.rows[0]).toMatchObject({ act: "baton", detail: "Reach the patient, Jonas Adeyemi", when: "5 d late", late: true });
  });

  it("leave a visit that only has to be confirmed to its own group", () => {
    const late = [baton("v", { next: "seen", row: row({ id: "v", scheduledOn: "2026-11-16" }) }), baton("w", { next: "seen", row: row({ id: "w" }) })];
    expect(batonGroups([], { rows: late, next: null, total: 2, overdue: 2 }, "2026-11-21")[0]?.rows.map((one) => one.row.id)).toEqual(["w"]);
  });

  it("are looked at by who may not answer, and left out where nothing is late", () => {
    expect(batonGroups([offer("o")], { rows: [], next: null, total: 0, overdue: 0 }, "2026-11-21", false).map((group) => [group.id, group.rows[0]?.act])).toEqual([["offers", "look"]]);
    expect(batonGroups([], undefined, "2026-11-21")).toEqual([]);
    expect(waiting(day(), [offer("o"), offer("g", { forMe: false, fromMe: true })])).toBe(1);
  });
});

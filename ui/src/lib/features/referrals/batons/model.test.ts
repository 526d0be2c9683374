import { describe, expect, it } from "vitest";
import type { HolderShown } from "$lib/ipc/bindings";
import { groupsOf, holderLanes, lateBy, mayReach, partnerOf, stageLanes, type Baton } from "./model";

const holder = (id: string, name: string): HolderShown => ({ holder: { kind: "profile", id }, name, away: false, deputy: null });
const baton = (id: string, who: HolderShown, dueOn: string, days = 1): Baton => ({
  id, patient: id, outbound: false, partner: "Ito", nextStep: "Reach the patient", stage: { code: "received", name: "Received", at: 1, of: 8 },
  waited: { days, limit: 2, unit: "wd" }, dueOn, holder: who, offeredTo: null, offerLapsed: false,
});
const [jonas, ruth, ben] = [holder("1", "Jonas"), holder("2", "Ruth"), holder("3", "Ben")];

describe("batons by holder", () => {
  it("are late from the day after they were due", () => {
    expect([lateBy({ dueOn: "2026-09-14" }, "2026-09-14"), lateBy({ dueOn: "2026-09-14" }, "2026-09-15")]).toEqual([0, 1]);
  });

  it("stand with whoever has something late first, then by name, each by due date", () => {
    const groups = groupsOf([baton("a", jonas, "2026-09-20"), baton("b", ruth, "2026-09-10"), baton("c", ben, "2026-09-21"), baton("d", ruth, "2026-09-09")], "2026-09-14");
    expect(groups.map(({ holder: { name }, late, batons }) => [name, late, batons.map(({ id }) => id)])).toEqual([["Ruth", 2, ["d", "b"]], ["Ben", 0, ["c"]], ["Jonas", 0, ["a"]]]);
  });

  it("tell the longest wait and what was offered", () => {
    const [group] = groupsOf([baton("a", jonas, "2026-09-20", 3), { ...baton("b", jonas, "2026-09-21", 7), offeredTo: "Tess" }], "2026-09-14");
    expect([group?.longest?.days, group?.offered.map(({ id }) => id)]).toEqual([7, ["b"]]);
  });

  it("say from whom or to whom, or that nobody is known", () => {
    expect([partnerOf({ partner: "Ito", outbound: false }), partnerOf({ partner: "Ito", outbound: true }), partnerOf({ partner: null, outbound: false })]).toEqual(["from Ito", "to Ito", "sender not known"]);
  });
});

describe("the board", () => {
  const columns = ["received", "acknowledged", "scheduled", "rebooked", "seen"].map((stage) => ({ stage, name: null, onPath: true, count: 0, overdue: 0, cards: [] }));
  const old = { stage: "own_triage", name: "Triage", onPath: false, count: 0, overdue: 0, cards: [] };

  it("has a lane a holder, or one a stage, empty ones too, those of an older path only while they hold something", () => {
    expect(holderLanes(groupsOf([baton("a", jonas, "2026-09-20")], "2026-09-14"), [{ id: "1", name: "Jonas" }, { id: "2", name: "Ruth" }]).map((lane) => [lane.key, lane.name, lane.count])).toEqual([["profile:1", "Jonas", 1], ["profile:2", "Ruth", 0]]);
    expect(stageLanes([...columns, old]).map((lane) => lane.name)).toEqual(["Received", "Acknowledged", "Scheduled", "Missed the visit", "Seen"]);
    expect(stageLanes([{ ...old, count: 2 }]).map((lane) => [lane.name, lane.count])).toEqual([["Triage", 2]]);
  });

  it("lets a baton go forward, from a missed visit to another one, and nowhere else", () => {
    const to = (from: string) => [...columns, old].map(({ stage }) => stage).filter((stage) => mayReach([...columns, old], from, stage));
    expect(to("acknowledged")).toEqual(["scheduled", "seen"]);
    expect(to("rebooked")).toEqual(["scheduled", "seen"]);
    expect(to("seen")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { HolderShown } from "$lib/ipc/bindings";
import { groupsOf, lateBy, partnerOf, type Baton } from "./model";

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

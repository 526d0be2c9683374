import { describe, expect, it } from "vitest";
import { addable, addStage, changeStage, differences, faultOf, moveStage, readDraft, removeStage, same, summaryOf, tidy } from "./path";
import { inbound } from "./testing";

const codes = (process: typeof inbound) => process.stages.map(({ code }) => code);

describe("a path that is edited", () => {
  it("keeps its first and last stage where they are", () => {
    expect(moveStage(inbound, 0, 3)).toBe(inbound);
    expect(removeStage(inbound, 6)).toBe(inbound);
    expect(codes(moveStage(inbound, 1, 0))).toEqual(codes(inbound));
    expect(codes(moveStage(inbound, 1, 99)).slice(-2)).toEqual(["acknowledged", "closed"]);
    expect(codes(moveStage(inbound, 3, 2)).slice(1, 4)).toEqual(["acknowledged", "scheduled", "contacted"]);
  });

  it("loses a stage, and nothing counts from it any more", () => {
    const without = removeStage(inbound, 4);
    expect(codes(without)).not.toContain("seen");
    expect(without.stages.find(({ code }) => code === "report_sent")?.after).toBeNull();
  });

  it("gains a stage everybody knows, or one of the practice’s own", () => {
    expect(addable(inbound, "inbound")[0]).toBe("returned");
    expect(addable(inbound, "inbound")).not.toContain("decided");
    expect(codes(addStage(inbound, { code: "returned" })).slice(-2)).toEqual(["returned", "closed"]);
    const own = addStage(inbound, { name: " Triage " }).stages.at(-2);
    expect(own?.name).toBe("Triage");
    expect(own?.code).toMatch(/^own_[0-9a-f]{8}$/);
  });

  it("is sent without blanks and empty items, and is the same with them", () => {
    const typed = changeStage(inbound, 1, { name: "  ", required: ["payer", "reason"], checklist: [{ code: "a", text: " Call " }, { code: "b", text: " " }] });
    const sent = tidy(typed).stages[1];
    expect([sent?.name, sent?.required, sent?.checklist]).toEqual([null, ["reason", "payer"], [{ code: "a", text: "Call" }]]);
    expect(same(typed, tidy(typed))).toBe(true);
    expect(same(typed, inbound)).toBe(false);
  });

  it("is kept as a draft that only a path can be read from", () => {
    expect(readDraft(JSON.stringify(inbound))).toEqual(inbound);
    expect([readDraft(null), readDraft("{"), readDraft("{}"), readDraft("[]")]).toEqual([null, null, null, null]);
  });
});

describe("what the core refuses", () => {
  it("is found at the stage it means", () => {
    const long = changeStage(inbound, 2, { urgentLimit: { count: 400, unit: "d" } });
    expect(faultOf(long, "limit")).toEqual({ stage: 2, field: "urgentLimit" });
    expect(faultOf(changeStage(inbound, 3, { limit: { count: 400, unit: "d" } }), "limit")).toEqual({ stage: 3, field: "limit" });
    expect(faultOf({ ...inbound, grace: { count: 400, unit: "d" } }, "limit")).toEqual({ stage: null, field: "grace" });
    expect(faultOf(changeStage(inbound, 1, { name: "x".repeat(61) }), "name")).toEqual({ stage: 1, field: "name" });
    expect(faultOf(moveStage(inbound, 5, 2), "after")).toEqual({ stage: 2, field: "after" });
    expect(faultOf(changeStage(inbound, 4, { checklist: [{ code: "a", text: "x".repeat(201) }] }), "checklist")).toEqual({ stage: 4, field: "checklist" });
    expect(faultOf(inbound, "attempts")).toEqual({ stage: null, field: "attempts" });
    expect(faultOf(inbound, "direction")).toEqual({ stage: null, field: "stages" });
  });
});

describe("standard and yours", () => {
  it("do not differ where nothing was changed", () => {
    expect(differences(inbound, inbound)).toEqual([]);
  });

  it("differ part by part", () => {
    let yours = addStage(inbound, { name: "Triage" });
    yours = changeStage(yours, 1, { name: "Answered", limit: { count: 1, unit: "wd" }, required: ["reason"] });
    yours = removeStage(moveStage(yours, 3, 2), 5);
    yours = { ...yours, attempts: 5, grace: { count: 0, unit: "wd" } };
    expect(differences(inbound, yours).map(({ part, standard, yours: own }) => [part, standard, own])).toEqual([
      ["Order", "Received, Answered, Contacted, Scheduled, Seen, Closed", "Received, Answered, Scheduled, Contacted, Seen, Closed"],
      ["Acknowledged: name", "Acknowledged", "Answered"],
      ["Acknowledged: limit", "2 working days", "1 working day"],
      ["Acknowledged: needed to be here", "none", "Reason"],
      ["Report sent", "there", "not there"],
      ["Triage", "not there", "there"],
      ["Grace", "2 working days", "the same day"],
      ["Attempts to reach the patient", "3", "5"],
    ]);
  });

  it("are summed up in a line for each stage", () => {
    expect(summaryOf(inbound, 2)).toBe("2 working days · urgent 1 working day");
    expect(summaryOf(inbound, 5)).toBe("7 days from seen");
    expect(summaryOf(inbound, 3)).toBe("5 working days · needs day of the agreed visit");
  });
});

import { describe, expect, it } from "vitest";
import type { RegisterRow } from "$lib/ipc/bindings";
import { paperLines } from "./paper";
import { noFilter } from "./registerView.svelte";

const side = (partner: string | null, partnerName: string | null) => ({ partner, partnerName, class: null, person: null, personName: null });
const row: RegisterRow = {
  id: "r", receivedOn: "2026-11-02", direction: "inbound", patient: "Patient 7F3A", chartNumber: null, from: side("p", "Patient 9B21"), to: side(null, null), sourceAnswer: "named",
  reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "open", scheduledOn: null, seenOn: null, closedOn: null,
};
const filter = { ...noFilter, text: "Achterberg", partner: { id: "p", name: "Rosa Achterberg" }, country: "DE", diagnosisGroup: "Knee" };

describe("what was chosen, on paper", () => {
  it("stands there in words", () => {
    expect(paperLines(filter, [row], false, true)).toEqual(["Period: any time", "Filter: Rosa Achterberg; Knee; Germany; “Achterberg”", "n = 1 referral"]);
  });

  it("names nobody where nobody is to be named", () => {
    const told = paperLines(filter, [row], false, false).join(" ");
    expect(told).not.toContain("Achterberg");
    expect(told).toContain("Patient 9B21");
    expect(paperLines(filter, [], false, false).join(" ")).toContain("one partner");
  });
});

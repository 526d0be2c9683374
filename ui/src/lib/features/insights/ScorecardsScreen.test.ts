import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type Conversion, type Figures, type Ratio, type Scorecards } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import ScorecardsScreen from "./ScorecardsScreen.svelte";

const ratio = (a: number, b: number): Ratio => ({ a, b, percent: b < 5 ? null : (100 * a) / b, low: null, high: null, size: b === 0 ? "none" : b < 5 ? "too_few" : b < 20 ? "few" : "enough" });
const conversion = (a: number, b: number, pending = 0): Conversion => ({ ratio: ratio(a, b), pending });
const figures = (received: number, converted: Conversion): Figures => ({
  received, seen: converted.ratio.a, noShow: 0, declined: 0, lost: 0, open: 0, months: [received], conversion: converted, timeToConversion: { median: null, p90: null, n: 0 },
  lastOn: "2026-11-02", change: { before: 2, difference: received - 2, percent: null },
});
const card = (name: string, received: number, converted: Conversion) => ({ partner: name, name, class: "medical" as const, type: "primary_care" as const, owner: null, status: "active" as const, ...figures(received, converted) });
const period = { from: "2025-11-22", to: "2026-11-21" };
const cards: Scorecards = {
  period: { ...period, asOf: "2026-11-21", before: { from: "2024-11-22", to: "2025-11-21" } },
  months: ["2026-11"],
  rows: [card("Lowmoor Pediatrics", 30, conversion(15, 25, 5)), card("Tamarack Gym", 3, conversion(3, 3))],
  withoutPartner: figures(4, conversion(1, 4)),
  totals: figures(37, conversion(19, 32, 5)),
  summary: {
    practice: "Wrenfield", received: 37, sent: 4, internal: 0, partnersSending: 2, partners: 9, newPatients: 30, captureRate: ratio(26, 30), askedRate: ratio(28, 30), unknownShare: ratio(4, 30),
    takenIn: [{ name: "Bea Lund", captureRate: ratio(20, 24), askedRate: ratio(22, 24) }, { name: "Cal Reyes", captureRate: ratio(3, 3), askedRate: ratio(2, 3) }, { name: null, captureRate: ratio(3, 3), askedRate: ratio(3, 3) }],
    byClass: [], byType: [], conversion: conversion(19, 32, 5), conversionMature: null, conversionBefore: null, months: [], top: [], flow: { mean: null, variation: null, months: 2 }, concentration: null,
  },
};

function open(over: Partial<Scorecards> = {}, start: "partners" | "practice" = "partners") {
  vi.spyOn(commands, "insightsPeriods").mockResolvedValue({ status: "ok", data: [{ preset: "trailing_year", period }, { preset: "last_month", period: { from: "2026-10-01", to: "2026-10-31" } }] });
  const counted = vi.spyOn(commands, "insightsScorecards").mockResolvedValue({ status: "ok", data: { ...cards, ...over } });
  const given = { onopen: vi.fn(), onexcel: vi.fn(), partnerHref: (id: string) => `#/scorecards/${id}`, note: createRawSnippet(() => ({ render: () => "<i></i>" })), start };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: ScorecardsScreen as never, props: given } });
  return { counted, given };
}

describe("the scorecards", () => {
  it("count the trailing year and show every share as a of b", async () => {
    const { counted } = open();
    expect(await screen.findByText("Lowmoor Pediatrics")).toBeTruthy();
    expect(counted).toHaveBeenCalledWith(period);
    expect(screen.getByText("15 of 25")).toBeTruthy();
    expect(screen.getByText("2 partners, 37 received, 4 referrals without a partner")).toBeTruthy();
  });

  it("give no percentage below five cases", async () => {
    open();
    await screen.findByText("Tamarack Gym");
    const row = screen.getByText("Tamarack Gym").closest("[role=row]");
    expect(row?.textContent).toContain("3 of 3");
    expect(row?.textContent).toContain("too few");
    expect(row?.textContent).not.toContain("%");
  });

  it("tell who asked by name, and fold away what one person alone did", async () => {
    open({}, "practice");
    const table = await screen.findByRole("table");
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent.trim()));
    expect(rows.map(([name]) => name)).toEqual(["Bea Lund", "Cal Reyes", "Imported"]);
    expect(rows[0]?.join(" ")).toContain("83.3 %");
    expect(rows[1]?.join(" ")).toMatch(/3 of 3.*too few.*2 of 3.*too few/);
    expect(rows[1]?.join(" ")).not.toContain("%");
    expect(table.closest("details")?.open).toBe(true);
  });

  it("keep the table of one person folded", async () => {
    open({ summary: { ...cards.summary, takenIn: cards.summary.takenIn.slice(0, 1) } }, "practice");
    const table = (await screen.findByText("Bea Lund")).closest("details");
    expect(table?.open).toBe(false);
  });

  it("explain every figure of the practice", async () => {
    open();
    expect(await screen.findByText(/Seen ÷ \(received − pending\)/)).toBeTruthy();
    expect(screen.getByText(/needs 3 whole months/)).toBeTruthy();
  });

  it("make the workbook of the period that is shown", async () => {
    const { counted, given } = open();
    await screen.findByText("Lowmoor Pediatrics");
    await fireEvent.change(screen.getByLabelText("Period"), { target: { value: "last_month" } });
    await vi.waitFor(() => expect(counted).toHaveBeenLastCalledWith({ from: "2026-10-01", to: "2026-10-31" }));
    await fireEvent.click(screen.getByRole("button", { name: /Excel/ }));
    expect(given.onexcel).toHaveBeenCalledWith({ from: "2026-10-01", to: "2026-10-31" });
  });

  it("give way to the reports on leaks and loops, each by its tab, and come back", async () => {
    const span = { ...cards.period };
    const few = { median: null, p90: null, n: 0 };
    vi.spyOn(commands, "pathsList").mockResolvedValue({ status: "ok", data: [] });
    vi.spyOn(commands, "insightsLeaks").mockResolvedValue({ status: "ok", data: { period: span, overall: ratio(30, 120), reference: 50, target: null, stages: [], partners: [], months: [], kinds: [], recovered: ratio(0, 0), reasons: [], withReason: ratio(0, 0) } });
    vi.spyOn(commands, "insightsLoops").mockResolvedValue({ status: "ok", data: { period: span, loopComplete: ratio(9, 12), loopSeen: ratio(0, 0), loopThanked: ratio(0, 0), ackOnTime: ratio(0, 0), reportOnTime: ratio(0, 0), returnRate: ratio(0, 0), homeDoctorShare: ratio(0, 0), responseTime: [], firstAnswer: few, waitDays: few, waitMinutes: few } });
    open();
    await screen.findByText("Lowmoor Pediatrics");
    await fireEvent.click(screen.getByRole("button", { name: "Leaks" }));
    expect(await screen.findByText("25.0 %")).toBeTruthy();
    expect(screen.queryByText("With a named source")).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: "Loops" }));
    expect(await screen.findByText("9 of 12, few")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /Partners/ }));
    expect(await screen.findByText("Lowmoor Pediatrics")).toBeTruthy();
  });

  it("say what belongs here when nobody sent anyone", async () => {
    open({ rows: [] });
    expect(await screen.findByText("No referrals in this period")).toBeTruthy();
  });
});

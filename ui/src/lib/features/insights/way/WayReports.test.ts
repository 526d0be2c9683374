import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands, type LeakReport, type Ratio } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import WayReports from "./WayReports.svelte";

const ratio = (a: number, b: number): Ratio => ({ a, b, percent: b < 5 ? null : (100 * a) / b, low: null, high: null, size: b === 0 ? "none" : b < 5 ? "too_few" : b < 20 ? "few" : "enough" });
const period = { from: "2026-10-01", to: "2026-11-30" };
const report: LeakReport = {
  period: { ...period, asOf: "2026-11-26", before: { from: "2026-08-01", to: "2026-09-30" } },
  overall: ratio(30, 120), reference: 50, target: null, stages: [{ code: "contacted", ratio: ratio(20, 100) }, { code: "own_triage", ratio: ratio(3, 4) }],
  partners: [{ partner: "p1", name: "Pine Hollow", ratio: ratio(9, 30) }], months: [{ code: "2026-10", ratio: ratio(18, 60) }, { code: "2026-11", ratio: ratio(2, 4) }],
  kinds: [{ kind: "overdue_step", count: 28 }, { kind: "no_report", count: 6 }], recovered: ratio(12, 34),
  reasons: [{ code: "wait", text: "The wait was too long", ratio: ratio(6, 10), upToHere: ratio(6, 10) }, { code: "cost", text: "It costs too much", ratio: ratio(4, 10), upToHere: ratio(10, 10) }], withReason: ratio(10, 34),
};

const own = { stages: [{ code: "own_triage", name: "Triage", limit: null, urgentLimit: null, after: null, required: [], checklist: [] }], grace: { count: 2, unit: "wd" as const }, rebook: { count: 7, unit: "d" as const }, lookAgain: { count: 14, unit: "d" as const }, attempts: 3 };

function open(over: Partial<LeakReport> = {}) {
  const asked = vi.spyOn(commands, "insightsLeaks").mockResolvedValue({ status: "ok", data: { ...report, ...over } });
  vi.spyOn(commands, "pathsList").mockResolvedValue({ status: "ok", data: [{ direction: "inbound", kind: null, changed: true, changedAt: 1, changedBy: "m", process: own, standard: own, open: 0 }] });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: WayReports as never, props: { view: "leaks", period, partnerHref: (id: string) => `#/scorecards/${id}` } } });
  return asked;
}

describe("the leak report", () => {
  it("says every rate as a of b, against the reference, and stages by their own names", async () => {
    const asked = open();
    expect(await screen.findByText("25.0 %")).toBeTruthy();
    expect(asked).toHaveBeenCalledWith(period);
    expect(screen.getAllByText("30 of 120").length).toBe(2);
    expect(screen.getByText("reference 50 %")).toBeTruthy();
    expect(await screen.findByText("Triage")).toBeTruthy();
    expect(screen.getByText("3 of 4")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Pine Hollow" }).getAttribute("href")).toBe("#/scorecards/p1");
  });

  it("draws no bar of a month with too few cases, and tells it in the table", async () => {
    open();
    await screen.findByText("25.0 %");
    expect(screen.getByText("November 2026: 2 of 4, too few")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Show as a table" }));
    expect(screen.getByRole("row", { name: /November 2026.*2 of 4.*too few/ })).toBeTruthy();
  });

  it("orders reasons by weight with the sum up to each", async () => {
    open();
    await screen.findByText("The wait was too long");
    expect(screen.getByText(/up to here 100.0 %/)).toBeTruthy();
  });

  it("sets the practice’s own target, and says what a target is when it is not one", async () => {
    const set = vi.spyOn(commands, "leakTargetSet").mockResolvedValue({ status: "ok", data: null });
    open();
    await fireEvent.click(await screen.findByRole("button", { name: "Set a target" }));
    const field = await screen.findByLabelText("At most, in percent");
    await fireEvent.input(field, { target: { value: "lots" } });
    await fireEvent.click(screen.getByRole("button", { name: /Save/ }));
    expect(await screen.findByText("Give a whole number from 0 to 100.")).toBeTruthy();
    await fireEvent.input(field, { target: { value: "20 %" } });
    await fireEvent.click(screen.getByRole("button", { name: /Save/ }));
    await waitFor(() => expect(set).toHaveBeenCalledExactlyOnceWith(20));
  });

  it("says so where nothing was due", async () => {
    open({ overall: ratio(0, 0), stages: [], partners: [], kinds: [], reasons: [], recovered: ratio(0, 0), withReason: ratio(0, 0) });
    expect((await screen.findAllByText("Nothing was due or closed in this period.")).length).toBe(2);
  });
});

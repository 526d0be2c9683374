import { QueryClient } from "@tanstack/svelte-query";
import { render, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { commands, type ExperienceTrend as Trend } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import ExperienceTrend from "./ExperienceTrend.svelte";

const months = (said: Record<string, [number | null, number]>) => Array.from({ length: 12 }, (_, at) => {
  const month = at === 0 ? "2025-12" : `2026-${String(at).padStart(2, "0")}`;
  const [mean, n] = said[month] ?? [null, 0];
  return { month, mean, n };
});
const nothing: Trend = { months: months({}), together: { percent: null, lowQuarter: null, n: 0 } };

function show(came: Trend, went: Trend) {
  access.rights = { insights: "read" } as typeof access.rights;
  vi.spyOn(commands, "insightsExperience").mockResolvedValue({ status: "ok", data: { came, went } });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(WithQueries, { props: { client, component: ExperienceTrend as never, props: { partner: "p" } } });
}

describe("what patients of a partner say", () => {
  afterEach(() => { access.rights = null; });

  it("is told month by month with its n, and no mean of fewer than three", async () => {
    show({ months: months({ "2026-03": [null, 2], "2026-10": [8.3, 6] }), together: { percent: 80, lowQuarter: 7, n: 8 } }, nothing);
    expect(await screen.findByText("8 of 10, n 8, few, a quarter rate 7 or less")).toBeTruthy();
    expect(screen.queryByText("Of those we sent there")).toBeNull();
    const rows = screen.getAllByRole("row", { hidden: true }).map((row) => row.textContent?.trim());
    expect(rows.find((row) => row?.startsWith("March"))).toMatch(/too few2$/);
    expect(rows.find((row) => row?.startsWith("October"))).toMatch(/8\.36$/);
  });

  it("is not there where nobody said anything", async () => {
    const { container } = show(nothing, nothing);
    await vi.waitFor(() => expect(commands.insightsExperience).toHaveBeenCalledWith("p"));
    expect(container.textContent?.trim()).toBe("");
  });
});

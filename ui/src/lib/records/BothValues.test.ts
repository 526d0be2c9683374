import { render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import BothValues from "./BothValues.svelte";

describe("what somebody else changed meanwhile", () => {
  it("shows both values of each field and lets the person choose", () => {
    const kept = vi.fn();
    const taken = vi.fn();
    render(BothValues, { props: { meanwhile: [{ field: "city", yours: "Bath", theirs: "Saco" }, { field: "label", yours: "", theirs: "front desk" }], onkeep: kept, ontake: taken } });
    expect(screen.getByRole("alert").textContent).toContain("City was changed meanwhile.");
    expect([...document.querySelectorAll("dd")].map((value) => value.textContent)).toEqual(["Saco", "Bath", "front desk", "nothing"]);
    screen.getByRole("button", { name: "Keep mine" }).click();
    screen.getByRole("button", { name: "Take theirs" }).click();
    expect([kept.mock.calls.length, taken.mock.calls.length]).toEqual([1, 1]);
  });

  it("shows nothing while nothing was changed", () => {
    render(BothValues, { props: { meanwhile: [], onkeep: () => {}, ontake: () => {} } });
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

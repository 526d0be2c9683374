import { describe, expect, it } from "vitest";
import type { DoorView } from "$lib/ipc/bindings";
import { knownOwners } from "./owners";

const maren = { id: "m", name: "Maren Okafor", initials: "MO" };
const tess = { id: "t", name: "Tess Lindqvist", initials: "TL" };
const door = { session: { colleagues: [maren] } } as unknown as DoorView;

describe("who looks after a partner", () => {
  it("is one of us, or somebody who left and says so", () => {
    expect(knownOwners(door, [maren, tess, null])).toEqual([
      { value: "m", label: "Maren Okafor" },
      { value: "t", label: "Tess Lindqvist (retired)" },
    ]);
  });

  it("is nobody who left as long as it is not known who is here", () => {
    expect(knownOwners(undefined, [tess])).toEqual([{ value: "t", label: "Tess Lindqvist" }]);
  });
});

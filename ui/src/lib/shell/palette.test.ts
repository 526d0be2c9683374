import { describe, expect, it } from "vitest";
import { findCommands, type Command } from "./palette";
import { roomOf } from "./rooms";

const command = (label: string, words?: string): Command => ({ id: label, label, words, run: () => undefined });
const all = [command("New referral"), command("Export the scorecards", "excel workbook"), command("Import a spreadsheet", "excel csv")];
const labels = (text: string) => findCommands(all, text).map((found) => found.label);

describe("the palette", () => {
  it("finds a command by the beginnings of its words", () => {
    expect(labels("new ref")).toEqual(["New referral"]);
    expect(labels("score exp")).toEqual(["Export the scorecards"]);
  });

  it("finds it by other words people use", () => {
    expect(labels("excel")).toEqual(["Export the scorecards", "Import a spreadsheet"]);
  });

  it("offers everything before a word is typed and nothing for a strange one", () => {
    expect(labels(" ")).toHaveLength(3);
    expect(labels("zebra")).toEqual([]);
  });
});

describe("a route", () => {
  it("lies in the room whose path it begins with", () => {
    expect(roomOf("/")).toBe("today");
    expect(roomOf("/partners/0190")).toBe("partners");
    expect(roomOf("/settings/keys")).toBe("settings");
    expect(roomOf("/elsewhere")).toBeNull();
  });
});

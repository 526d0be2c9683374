/** The preview's order: what needs a person comes first, and the counts of the fates add up to the file. */
import type { PlanGroup } from "$lib/ipc/bindings";
import type { Counts, PlanRow } from "./types";

/** Groups from top to bottom. */
export const groupOrder: readonly Exclude<PlanGroup, "all">[] = [
  "questions", "possible_duplicates", "rejected", "kept_ours", "updated", "new", "left_out", "unchanged", "not_data",
];

/** Every row is in exactly one of these; the other groups look at the same rows from elsewhere. */
export const fateGroups = ["new", "updated", "unchanged", "possible_duplicates", "left_out", "rejected"] as const;
export type FateGroup = (typeof fateGroups)[number];

/** How many rows a group has. */
export function countOf(counts: Counts, group: PlanGroup): number {
  switch (group) {
    case "all": return counts.rows;
    case "new": return counts.new;
    case "updated": return counts.updated;
    case "unchanged": return counts.unchanged;
    case "kept_ours": return counts.keptOurs;
    case "possible_duplicates": return counts.possibleDuplicates;
    case "questions": return counts.questions;
    case "left_out": return counts.leftOut;
    case "rejected": return counts.rejected;
    case "not_data": return counts.notData;
  }
}

/** Rows that are written. */
export const written = (counts: Counts): number => counts.new + counts.updated;

/** A line of the preview's table. */
export type PlanLine = { kind: "head"; group: PlanGroup; rows: number } | { kind: "row"; group: PlanGroup; row: PlanRow };

/** A row is shown once for each group it belongs to; the key tells them apart. */
export const lineKey = (line: PlanLine): string => (line.kind === "head" ? line.group : `${line.group}-${line.row.record}`);

/** The overview: each group that has rows, its head, and its first rows. */
export function overview(counts: Counts, first: ReadonlyMap<PlanGroup, readonly PlanRow[]>): PlanLine[] {
  return groupOrder.flatMap((group): PlanLine[] => {
    const rows = countOf(counts, group);
    if (rows === 0) return [];
    return [{ kind: "head", group, rows }, ...(first.get(group) ?? []).map((row): PlanLine => ({ kind: "row", group, row }))];
  });
}

/** Tasks by when they are due, seen from the practice's day. */
import type { TaskRow } from "$lib/ipc/bindings";
import { monday, plus } from "./days";

export type TaskWhen = "overdue" | "today" | "this_week" | "later";

export function whenOf(dueOn: string, today: string): TaskWhen {
  if (dueOn < today) return "overdue";
  if (dueOn === today) return "today";
  return dueOn <= plus(monday(today), 6) ? "this_week" : "later";
}

export interface TaskGroup { when: TaskWhen; rows: TaskRow[] }

/** The groups that hold something, in order. */
export function groupsOf(rows: readonly TaskRow[], today: string): TaskGroup[] {
  const order: TaskWhen[] = ["overdue", "today", "this_week", "later"];
  return order.map((when) => ({ when, rows: rows.filter((row) => whenOf(row.dueOn, today) === when) })).filter(({ rows }) => rows.length > 0);
}

/** What can be decided about a row of the preview, with the key that does it. */
import type { Choice, PlanGroup } from "$lib/ipc/bindings";
import { exchangeStrings } from "./strings";
import type { PlanRow } from "./types";

/** One decision somebody can take about a row. */
export interface Act {
  id: string;
  label: string;
  keys: string;
  choice: Choice;
  /** Stands in the row only while it is the chosen one. */
  rare?: boolean;
}

const words = exchangeStrings.preview;

/** A row of data may be none after all. */
const notData: Act = { id: "not-data", label: words.notData, keys: "N", choice: { choice: "not_data" }, rare: true };

/** The decisions a row of a group offers, the likelier first. What is wrong with a rejected row is put right in the file. */
export function actsOf(row: PlanRow, group: PlanGroup): Act[] {
  if (group === "questions") {
    const [only, ...others] = row.questions;
    const same = row.questions.map((question, at): Act => ({
      id: `same-${at}`,
      label: only && others.length === 0 ? words.same : words.samePerson(question.name),
      keys: at === 0 ? "S" : "",
      choice: question.choice,
    }));
    return [...same, { id: "another", label: words.another, keys: "A", choice: { choice: "another" } }];
  }
  switch (row.fate) {
    case "possible_duplicate":
      return [
        { id: "anyway", label: words.anyway, keys: "I", choice: { choice: "import_anyway" } },
        { id: "out", label: words.leaveOut, keys: "O", choice: { choice: "leave_out" } },
        notData,
      ];
    case "left_out":
      return [{ id: "anyway", label: words.putBack, keys: "I", choice: { choice: "import_anyway" } }];
    case "rejected":
      return [notData];
    case "not_data":
      return [{ id: "data", label: words.data, keys: "D", choice: { choice: "data" } }];
    case "updated":
    case "unchanged": {
      const acts: Act[] = [];
      if (row.changes.some((change) => change.keptOurs)) acts.push({ id: "file", label: words.takeFile, keys: "T", choice: { choice: "take_file" } });
      else if (row.choice?.choice === "take_file") acts.push({ id: "ours", label: words.keepOurs, keys: "K", choice: { choice: "keep_ours" } });
      if (row.fate === "updated") acts.push({ id: "out", label: words.leaveOut, keys: "O", choice: { choice: "leave_out" } });
      return [...acts, notData];
    }
    case "new":
      return [{ id: "out", label: words.leaveOut, keys: "O", choice: { choice: "leave_out" } }, notData];
  }
}

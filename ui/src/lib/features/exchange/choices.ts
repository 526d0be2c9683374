/** What can be decided about a row of the preview, with the key that does it. */
import type { Choice, PlanGroup } from "$lib/ipc/bindings";
import { exchangeStrings } from "./strings";
import type { PlanRow } from "./types";

/** One decision somebody can take about a row. */
export interface Act { id: string; label: string; keys: string; choice: Choice }

const words = exchangeStrings.preview;

/** The decisions a row of a group offers, the likelier first. A rejected row offers none: it is put right in the file. */
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
      ];
    case "left_out":
      return [{ id: "anyway", label: words.putBack, keys: "I", choice: { choice: "import_anyway" } }];
    case "rejected":
      return [];
    case "updated":
    case "unchanged": {
      const acts: Act[] = [];
      if (row.changes.some((change) => change.keptOurs)) acts.push({ id: "file", label: words.takeFile, keys: "T", choice: { choice: "take_file" } });
      else if (row.choice?.choice === "take_file") acts.push({ id: "ours", label: words.keepOurs, keys: "K", choice: { choice: "keep_ours" } });
      if (row.fate === "updated") acts.push({ id: "out", label: words.leaveOut, keys: "O", choice: { choice: "leave_out" } });
      return acts;
    }
    case "new":
      return [{ id: "out", label: words.leaveOut, keys: "O", choice: { choice: "leave_out" } }];
  }
}

/** Words of history: undo, redo, conflicts, entries. */
export const historyStrings = {
  takenBack: (what: string) => `Taken back: ${what}`,
  broughtBack: (what: string) => `Brought back: ${what}`,
  nothing: "Nothing to take back.",
  conflict: {
    title: "Changed since",
    text: (what: string) => `“${what}” can’t be taken back without touching what was changed since.`,
    field: "Field",
    now: "Now",
    backTo: "Would become",
    removed: "removed",
    gone: "It, or something it needs, is gone.",
    exists: "One like it came since.",
    in_use: "Others refer to it since; take those back first.",
    keep: "Keep what is there",
    overwrite: "Take back all the same",
    leave: "Leave everything",
  },
} as const;

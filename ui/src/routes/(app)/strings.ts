/** Words of the window around the rooms. */
export const appStrings = {
  kinds: { partner: "Partner", person: "Person", patient: "Patient" },
  doorFailed: "Baton could not look at the practice. Your file is untouched.",
  retry: "Try again",
  commands: {
    importFile: "Import a spreadsheet",
    importWords: "csv excel xlsx file upload",
    export: "Export the scorecards",
    exportWords: "excel workbook xlsx report",
    backup: "Back up now",
    backupWords: "copy safe stick",
    restore: "Restore from a backup",
    restoreWords: "bring back copy stick recovery",
    audit: "Audit log",
    auditWords: "log review sign disclosure who looked compliance",
    passphrase: "Change the passphrase",
    passphraseWords: "password key",
    light: "Use light colors",
    dark: "Use dark colors",
    system: "Use the system’s colors",
    themeWords: "theme appearance dark light",
  },
} as const;

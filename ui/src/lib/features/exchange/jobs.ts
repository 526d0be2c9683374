/** The names of the long work of this room, as progress and stopping know it. */
export const jobs = { import: "import", export: "export" } as const;

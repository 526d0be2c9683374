/** The backup somebody chose in the list, on the way to the screen that restores it. */
export const restoreStart: { folder: string | null } = $state({ folder: null });

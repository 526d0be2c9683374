/** What the screens of backups read. */
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";

/** How it stands with the backups. The key's first word is its room: it is read again when a backup was made. */
export const backupQuery = { queryKey: ["backup"], queryFn: () => ask(commands.backupState()) } as const;

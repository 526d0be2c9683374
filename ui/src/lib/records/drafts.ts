/** Forms that survive closing, a lock and a crash: what was typed is kept in the practice file until it is saved. */
import { ask } from "$lib/ipc/call";
import { commands } from "$lib/ipc/bindings";

const PAUSE_MS = 400;
const open = new Set<KeptDraft>();
const leaving = new Set<() => Promise<unknown>>();

/** The kept text of one form. */
export interface KeptDraft {
  /** What was typed last time, or null. */
  load: () => Promise<string | null>;
  /** Keeps `body` after a pause in typing. */
  keep: (body: string) => void;
  /** Writes what waits at once; resolves also when nothing could be written. */
  flush: () => Promise<void>;
  /** The form was saved: nothing is kept any more. */
  clear: () => Promise<void>;
}

/** The draft of the form called `kind`; one form has one draft. */
export function draftOf(kind: string): KeptDraft {
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draft: KeptDraft = {
    async load() {
      return (await ask(commands.draftGet(kind)))?.body ?? null;
    },
    keep(body) {
      waiting = body;
      open.add(draft);
      clearTimeout(timer);
      timer = setTimeout(() => void draft.flush(), PAUSE_MS);
    },
    async flush() {
      clearTimeout(timer);
      const body = waiting;
      waiting = null;
      open.delete(draft);
      // A draft that cannot be kept must not stand in the way of the work itself.
      if (body !== null) await ask(commands.draftSave(kind, body)).catch(() => undefined);
    },
    async clear() {
      clearTimeout(timer);
      waiting = null;
      open.delete(draft);
      await ask(commands.draftClear(kind)).catch(() => undefined);
    },
  };
  return draft;
}

/** Runs `work` before a lock, as leaving a field does, until the returned function is called. */
export function beforeLock(work: () => Promise<unknown>): () => void {
  leaving.add(work);
  return () => leaving.delete(work);
}

/** Before a lock: everything typed so far is written. */
export async function flushDrafts(): Promise<void> {
  // A field that cannot be saved keeps its draft.
  await Promise.all([...leaving].map((work) => work().catch(() => undefined)));
  await Promise.all([...open].map((draft) => draft.flush()));
}

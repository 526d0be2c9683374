/** What the practice announces: changes, progress, files dropped on the window, the lock. */
import { commands, events, type FileDrag, type PracticeChanged, type Progress } from "./bindings";

/** Listens until the returned function is called, also while listening is still being set up. */
function listen<T>(start: (hear: (payload: T) => void) => Promise<() => void>, hear: (payload: T) => void): () => void {
  let stopped = false;
  let stop: (() => void) | null = null;
  void start((payload) => { if (!stopped) hear(payload); }).then((off) => {
    stop = off;
    if (stopped) off();
  });
  return () => {
    stopped = true;
    stop?.();
  };
}

/** A write happened: which rooms read again, and the entry a toast offers to undo. */
export const onPracticeChanged = (hear: (change: PracticeChanged) => void): (() => void) =>
  listen<PracticeChanged>((to) => events.practiceChanged.listen((event) => to(event.payload)), hear);

/** The practice was locked by the machine (sleep, screen lock) rather than from this page. */
export const onLocked = (hear: () => void): (() => void) => listen<null>((to) => events.practiceLocked.listen(() => to(null)), hear);

/** How far the long work of that name is. */
export const onProgress = (job: string, hear: (progress: Progress) => void): (() => void) =>
  listen<Progress>((to) => events.progress.listen((event) => to(event.payload)), (progress) => { if (progress.job === job) hear(progress); });

/** Files dragged over and dropped on the window. */
/** Asks a piece of long work to stop; it leaves nothing half-written. */
export const stopJob = (job: string): void => void commands.jobStop(job);

export const onFileDrag = (hear: (drag: FileDrag) => void): (() => void) =>
  listen<FileDrag>((to) => events.fileDrag.listen((event) => to(event.payload)), hear);

/** A backup was made, or could not be made, here or by itself. */
export const onBackupsChanged = (hear: () => void): (() => void) => listen<null>((to) => events.backupsChanged.listen(() => to(null)), hear);

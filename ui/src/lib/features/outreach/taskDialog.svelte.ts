/** The one dialog that puts a task down or changes it, from wherever one is. */
import type { TaskPartner, TaskRow } from "$lib/ipc/bindings";

/** What is known before anybody types. */
export interface TaskStart { partner?: TaskPartner; on?: string; at?: number | null }

class TaskDialog {
  /** Counts openings: each begins fresh. */
  opened = $state(0);
  open = $state(false);
  task: TaskRow | null = $state.raw(null);
  start: TaskStart = $state.raw({});

  add = (start: TaskStart = {}) => this.#show(null, start);
  edit = (task: TaskRow) => this.#show(task, {});

  #show(task: TaskRow | null, start: TaskStart) {
    this.task = task;
    this.start = start;
    this.opened += 1;
    this.open = true;
  }
  close = () => {
    this.open = false;
    this.task = null;
    this.start = {};
  };
}

export const taskDialog = new TaskDialog();

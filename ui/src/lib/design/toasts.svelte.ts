import { untrack } from "svelte";
import type { IconName } from "./icons";

/** What happened, in one line, with the way back. */
export interface Notice {
  id: number;
  text: string;
  tone: "good" | "plain" | "late";
  icon: IconName;
  /** Takes it back; shows "Undo" with its key. */
  undo?: () => void | Promise<void>;
  /** Another way on: "Show". */
  action?: { label: string; run: () => void | Promise<void> };
}

export type NoticeInput = Pick<Notice, "text"> & Partial<Pick<Notice, "tone" | "icon" | "undo" | "action">>;

const ICONS = { good: "ok", plain: "info", late: "alert" } as const;
const STAY_MS = 8_000;
const AT_ONCE = 3;

/** The notices at the foot of the window. Each stays eight seconds, longer while it is held. */
export class Toasts {
  list = $state<Notice[]>([]);
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #held = false;
  #next = 1;

  show(input: NoticeInput): number {
    const tone = input.tone ?? "good";
    const notice: Notice = { ...input, id: this.#next++, tone, icon: input.icon ?? ICONS[tone] };
    // Shown from an effect, a notice must not become what the effect depends on.
    this.list = [...untrack(() => this.list).slice(-(AT_ONCE - 1)), notice];
    if (!this.#held) this.#start(notice.id);
    return notice.id;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
    if (this.list.length === 0) this.#held = false;
  }

  clear(): void {
    for (const notice of [...this.list]) this.dismiss(notice.id);
  }

  /** While pointed at or focused, nothing leaves. */
  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    for (const notice of this.list) this.#start(notice.id);
  }

  #start(id: number): void {
    this.#timers.set(id, setTimeout(() => this.dismiss(id), STAY_MS));
  }
}

export const toasts = new Toasts();

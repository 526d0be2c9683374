/** A whole form that is kept while it is filled in: it survives closing, a lock and a crash, and goes once it is saved. */
import type { KeptDraft } from "./drafts";

interface Kept {
  /** What stands in the form now; null while there is nothing worth keeping. */
  body: () => string | null;
  /** Puts what was kept into the form, unless typing began before; whether it did. */
  take: (body: string) => boolean;
}

/** To be made where the form's component is. */
export class KeptForm {
  /** What stands in the form came back from the last time. */
  restored = $state(false);
  #ready = $state(false);
  #keeping = false;

  constructor(private readonly draft: KeptDraft, { body, take }: Kept) {
    $effect(() => {
      let gone = false;
      void draft.load().then(
        (kept) => {
          if (gone) return;
          if (kept !== null && take(kept)) this.restored = this.#keeping = true;
          this.#ready = true;
        },
        () => { this.#ready = true; },
      );
      return () => {
        gone = true;
        void draft.flush();
      };
    });
    $effect(() => {
      const now = body();
      if (!this.#ready) return;
      if (now !== null) {
        this.#keeping = true;
        draft.keep(now);
      } else if (this.#keeping) {
        this.#keeping = false;
        void draft.clear();
      }
    });
  }

  /** The form was saved: nothing is kept any more. */
  async saved(): Promise<void> {
    this.#ready = this.#keeping = false;
    await this.draft.clear();
  }
}

/** The way to the practice: what a command answers, or a failure the screen can act on. */
import type { CommandError, Meanwhile } from "./bindings";

/** A command's refusal: `code` says what to do, `message` is the sentence for the person, `field` where it belongs. */
export class CommandFailure extends Error {
  readonly code: CommandError["code"];
  readonly field: string | null;
  /** With `changed_meanwhile`: each field with both values. */
  readonly meanwhile: readonly Meanwhile[];

  constructor(error: CommandError) {
    super(error.message);
    this.name = "CommandFailure";
    this.code = error.code;
    this.field = error.field;
    this.meanwhile = error.meanwhile ?? [];
  }
}

type Settled<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

/** Waits for a command and returns what it found, or throws its {@link CommandFailure}. */
export async function ask<T>(command: Promise<Settled<T>>): Promise<T> {
  const settled = await command;
  if (settled.status === "error") throw new CommandFailure(settled.error);
  return settled.data;
}

/** The failure behind anything thrown, so that a screen always has a sentence to show. */
export function failureOf(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown;
  return new CommandFailure({ code: "failed", message: "That did not work. Try again; nothing was lost.", field: null });
}

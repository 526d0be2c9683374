/** Beginnings that many stories share. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { App } from './app.ts';

/** `it` for the chapters of one long story: where one fails, a picture is kept and the rest is passed over. */
export function chapters(app: () => App): (name: string, chapter: () => Promise<void>) => void {
  let broken: string | null = null;
  return (name, chapter) => {
    void it(name, async (context) => {
      if (broken !== null) return context.skip(`after “${broken}” failed`);
      try {
        await chapter();
      } catch (error) {
        broken = name;
        await app()
          .screenshot('failed')
          .catch(() => undefined); // the story's own error says more
        throw error;
      }
    });
  };
}

/** What somebody keeps from making a practice. */
export interface Founded {
  readonly passphrase: string;
  readonly recoveryGroups: readonly string[];
}

/** Makes a practice from the first screen on, as its manager would. */
export async function create(app: App, name: string): Promise<Founded> {
  await app.clickOn('button', 'Create a practice file');
  await fillPractice(app, name);
  await app.click('button', 'Continue');
  const passphrase = await suggested(app);
  await app.click('button', 'Create the file');
  const recoveryGroups = await typeBack(app);
  await app.click('button', 'Open the practice');
  await app.byRole('heading', 'Today');
  return { passphrase, recoveryGroups };
}


export async function fillPractice(app: App, name: string): Promise<void> {
  await app.fill('Practice name', name);
  await app.choose('State', 'Maine');
  await app.fill('Your name', 'Ana Whitcomb');
}

/** Asks for a passphrase and reads it, as somebody would to write it down. */
export async function suggested(app: App): Promise<string> {
  await app.click('button', 'Suggest one');
  const field = await app.byLabel('Passphrase');
  await app.waitFor('a passphrase is suggested', (input) => (input as unknown as HTMLInputElement).value !== '', field);
  return app.window.run((input) => (input as unknown as HTMLInputElement).value, field);
}

/** Types the parts of the recovery key that are asked for. */
export async function typeBack(app: App): Promise<string[]> {
  await app.sees('Your recovery key');
  const groups = await app.window.run(() =>
    [...document.querySelectorAll('[aria-label="Recovery key"] > span')].map((group) =>
      (group.lastChild?.textContent ?? '').trim(),
    ),
  );
  const asked = await app.window.run(() =>
    [...document.querySelectorAll('form label')].map((label) => (label.textContent ?? '').trim()),
  );
  for (const label of asked) {
    const part = Number(/\d+/.exec(label)?.[0]);
    await app.fill(label, groups[part - 1] ?? '');
  }
  return groups;
}

/** One step further in the import, with every guess as it stands. */
export async function nextStep(app: App): Promise<void> {
  const before = await step(app);
  await app.click('button', 'Continue');
  await app.waitFor(
    'the next step is there',
    (old) => ![null, old].includes(document.querySelector('[aria-current=step]')?.textContent ?? null),
    before,
  );
}

/** From the first step of the import to its preview. */
export async function throughTheSteps(app: App): Promise<void> {
  while (!(await step(app)).includes('Preview')) await nextStep(app);
}

function step(app: App): Promise<string> {
  return app.window.run(() => document.querySelector('[aria-current=step]')?.textContent ?? '');
}

/** Nothing reaches out of the window at the side. */
export async function fits(app: App): Promise<void> {
  const wide = await app.window.run(() => {
    // What is clipped on purpose (a title that ends in …) does not reach out.
    const reach = (element: Element) => element.scrollWidth - element.clientWidth;
    const main = document.querySelector('main');
    return Math.max(reach(document.documentElement), main ? reach(main) : 0);
  });
  assert.ok(wide <= 1, `something reaches ${wide} px out of the window`);
}

/** Waits until the list on the screen has rows. */
export function rows(app: App): Promise<void> {
  return app.waitFor('the list has rows', () => document.querySelector('[role=grid] [role=row][aria-selected]') !== null);
}

/** Goes to the first row of the list, as the keyboard does. */
export async function firstRow(app: App): Promise<void> {
  await rows(app);
  await app.window.run(() => document.querySelector<HTMLElement>('[role=grid]')?.focus());
  await app.press('Home');
  await app.waitFor('a row is current', () => document.querySelector('[role=grid][aria-activedescendant]') !== null);
}

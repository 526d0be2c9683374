/** Whom to keep in touch with: a touch logged by keyboard, a partner snoozed and quiet, and how close they are. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('keeping in touch in the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const total = () => app.window.run(() => Number(/(\d+) partner/.exec(document.querySelector('main')?.textContent ?? '')?.[1] ?? '-1'));

  it('shows on Today whom to keep in touch with', async () => {
    await app.sees('To keep in touch with');
    await app.inspect('touches-today');
  });

  it('logs a touch from anywhere by keyboard', async () => {
    await app.press('L');
    await app.byRole('dialog');
    await app.inspect('touch-empty');
    await app.type('Pine Hollow');
    await app.containing('option', 'Pine Hollow Family Medicine');
    await app.press('Enter');
    await app.containing('button', 'Ruth Halvorsen');
    await app.fill('Purpose', 'Who books urgent knees');
    await app.fill('What we learned', 'Ruth books; before ten is best');
    await app.fill('Next step', 'Send the direct number');
    await app.fill('By', '+7');
    await app.press('Tab');
    await app.clickOn('button', 'Money, time, privacy');
    await app.inspect('touch-filled');
    await app.press('Control+Enter');
    await app.sees('Touch with Pine Hollow Family Medicine logged');
  });

  it('stands on the partner’s page, with their rhythm and how far it has come', async () => {
    await app.press('Control+3');
    await app.byRole('heading', 'Partners');
    await app.inspect('partners-rings');
    await app.fill('Search partners', 'Pine Hollow Family Medicine');
    await app.sees('1 of');
    await app.press('ArrowDown');
    await app.press('ArrowDown');
    await app.press('Enter');
    await app.byRole('heading', 'Pine Hollow Family Medicine');
    await app.clickOn('tab', 'Touches');
    await app.sees('Ruth books; before ten is best');
    await app.inspect('partner-touches');
    await app.clickOn('button', 'Wishes');
    await app.byRole('dialog');
    await app.inspect('partner-wishes');
    await app.press('Escape');
  });

  it('lists who is due, lets one be, and is quiet about them', async () => {
    await app.goTo('#/due');
    await app.byRole('heading', 'Due for a touch');
    await app.sees('From wide to chosen');
    await app.inspect('due-mine');
    await app.clickOn('radio', 'Everybody’s');
    await app.waitFor('some are due', () => document.querySelectorAll('[role=grid] [role=row] a').length > 3);
    await app.press('Escape', 'ArrowDown');
    const standing = await app.window.run(() => document.querySelector('[role=grid] [role=row][aria-selected=true] a')?.textContent ?? '');
    assert.ok(standing);
    await app.press('Z');
    await app.byRole('dialog');
    await app.fill('Why', 'They move house');
    await app.inspect('due-snooze');
    await app.press('Control+Enter');
    await app.waitFor('the first one is quiet', (name) => ![...document.querySelectorAll('[role=grid] [role=row] a')].some((one) => one.textContent === name), standing);
    await app.clickOn('button', 'Snoozed');
    await app.sees(standing);
    await app.inspect('due-snoozed');
    assert.ok((await total()) >= 1);
  });

  it('sorts by one key what was logged in haste', async () => {
    await app.clickOn('button', 'Due');
    const left = () => app.window.run(() => Number.parseInt([...document.querySelectorAll('button')].find((one) => one.textContent?.includes('to sort'))?.textContent ?? '', 10));
    await app.sees('to sort');
    const before = await left();
    await app.press('S');
    await app.byRole('dialog');
    await app.waitFor('one stands ready', () => document.activeElement?.id.startsWith('sort-') === true);
    await app.inspect('touches-to-sort');
    await app.press('2');
    await app.waitFor('it has its kind', (was) => ![...document.querySelectorAll('dialog, [role=dialog]')].some((one) => one.textContent?.includes(`${was} `)), before);
    await app.press('Escape');
    await app.waitFor('one less is left', (was) => Number.parseInt([...document.querySelectorAll('button')].find((one) => one.textContent?.includes('to sort'))?.textContent ?? '', 10) === was - 1, before);
  });

  it('keeps the rules as settings', async () => {
    await app.goTo('#/settings/touches');
    await app.sees('Medical partners');
    await app.inspect('touch-settings');
  });
});

/** Who has each open referral now: as list and as board, handed over, moved a stage on, all by keyboard. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('the batons of the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const currentPatient = () =>
    app.window.run(() => document.querySelector('[role="grid"] .current [role="gridcell"]')?.textContent?.trim() ?? '');

  it('are reached from the register', async () => {
    await app.press('Control+2');
    await app.click('link', 'Batons');
    await app.byRole('heading', 'Batons');
    await app.sees('Every open referral has one holder and a date');
    await app.inspect('batons');
  });

  it('show what is late alone', async () => {
    await app.clickOn('button', 'Late');
    await app.sees('d late');
    await app.inspect('batons-late');
    await app.clickOn('button', 'Open');
  });

  it('open beside the list with all stages', async () => {
    await app.window.run(() => document.querySelector<HTMLElement>('[role="grid"]')?.focus());
    await app.press('ArrowDown');
    assert.notEqual(await currentPatient(), '');
    await app.sees('Next');
    await app.inspect('batons-detail');
  });

  it('stand on a board, one column a holder', async () => {
    await app.press('B');
    await app.byRole('group', 'Board');
    await app.inspect('batons-board');
  });

  it('are handed over by key, with a word to go with it', async () => {
    await app.window.run(() => document.querySelector<HTMLElement>('[data-baton]')?.focus());
    await app.press('H');
    await app.byRole('dialog');
    await app.inspect('batons-hand-over');
    await app.press('Escape');
  });
});

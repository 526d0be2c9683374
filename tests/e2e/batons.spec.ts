/** Who has each open referral now: as list and as board, handed over, moved a stage on, all by keyboard. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';
import type { Element } from './support/webdriver.ts';

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
    await app.misses('Word to go with it');
  });

  it('are handed over by carrying a card to a colleague', async () => {
    const [card, lane] = await app.window.run(() => {
      const from = document.querySelector<HTMLElement>('[data-baton]');
      const own = from?.closest('[data-lane]');
      const other = [...document.querySelectorAll<HTMLElement>('[data-lane^="profile:"]')].find((one) => one !== own);
      return [from, other?.querySelector('header')] as unknown as [Element, Element];
    });
    await app.window.drag(card, lane, async () => {
      await app.sees('Hand over to');
      await app.screenshot('batons-carried');
    });
    await app.byRole('dialog');
    await app.sees('Hand over');
    const chosen = await app.window.run(() => document.querySelector<HTMLSelectElement>('dialog select')?.value ?? '');
    assert.notEqual(chosen, '', 'whom it was let go over is chosen already');
    await app.press('Control+Enter');
    await app.sees('handed over');
  });

  it('stand by stage, each direction on a board of its own', async () => {
    await app.press('G');
    await app.sees('Acknowledged');
    await app.inspect('batons-stages');
    await app.clickOn('radio', 'Outbound');
    await app.sees('Packet sent');
    await app.inspect('batons-stages-outbound');
    await app.clickOn('radio', 'Inbound');
    await app.sees('Acknowledged');
  });

  it('go on to a later stage by key, with what the stage asks for', async () => {
    const patient = await app.window.run(() => {
      const card = document.querySelector<HTMLElement>('[data-lane="received"] [data-baton]');
      card?.focus();
      return card?.querySelector('b')?.textContent ?? '';
    });
    assert.notEqual(patient, '');
    await app.press('Shift+ArrowRight');
    await app.byRole('dialog');
    await app.sees(`${patient}: acknowledged`);
    await app.inspect('batons-stage-move');
    await app.press('Control+Enter');
    await app.sees('moved on');
    await app.waitFor(
      'the card stands at the next stage',
      (name: string) => document.querySelector('[data-lane="acknowledged"]')?.textContent?.includes(name) ?? false,
      patient,
    );
  });

  it('are carried to a stage with the mouse, and one that lies behind takes none', async () => {
    const [card, lane] = await app.window.run(() => [
      document.querySelector('[data-lane="acknowledged"] [data-baton]'),
      document.querySelector('[data-lane="scheduled"] header'),
    ] as unknown as [Element, Element]);
    await app.window.drag(card, lane, () => app.sees('Move to Scheduled'));
    await app.byRole('dialog');
    await app.byLabel('Day of the visit');
    await app.inspect('batons-stage-scheduled');
    await app.press('Escape');
    const [again, behind] = await app.window.run(() => [
      document.querySelector('[data-lane="acknowledged"] [data-baton]'),
      document.querySelector('[data-lane="received"] header'),
    ] as unknown as [Element, Element]);
    await app.window.drag(again, behind);
    assert.equal(await app.window.run(() => document.querySelector('dialog[open]') === null), true);
  });

  it('go on paper by tokens, and by name only for somebody who is named', async () => {
    await app.goTo('#/referrals');
    await app.waitFor('the register has rows', () => document.querySelectorAll('[role=grid] [role=row]').length > 3);
    await app.press('Control+P');
    await app.byRole('dialog', 'Print the list');
    await app.sees('A token stands for each patient.');
    await app.inspect('register-paper');
    await app.clickOn('checkbox', 'Print patients’ names');
    await app.press('Control+Enter');
    await app.sees('Say who receives it.');
    await app.inspect('register-paper-names');
    await app.press('Escape');
  });
});

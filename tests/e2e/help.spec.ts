/** Finding help for a patient, taking a call, and how far those come who asked: all by keyboard. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('help for a patient of the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  /** By the palette, as somebody would who knows the words. */
  async function go(words: string): Promise<void> {
    await app.press('Control+K');
    await app.byRole('dialog');
    await app.type(words);
    await app.press('Enter');
  }

  it('begins with the question', async () => {
    await go('Find help for a patient');
    await app.byRole('heading', 'Find help for a patient');
    await app.sees('Whom could this patient see?');
    await app.inspect('help-empty');
  });

  it('lists who suits, each preference explained', async () => {
    await app.fill('What does the patient need help with?', 'knee pain');
    await app.fill('Language', 'Spanish');
    await app.fill('Insurance', 'Medicaid');
    await app.fill('Up to so many miles from us', '15');
    await app.press('Control+Enter');
    await app.sees('Helps with knee pain');
    await app.sees('Refuses Medicaid');
    await app.inspect('help-found');
  });

  it('is chosen by keyboard, at least two', async () => {
    await app.waitFor('the first box has the focus', () => document.activeElement instanceof HTMLInputElement && document.activeElement.type === 'checkbox');
    await app.press('Space');
    await app.press('ArrowDown');
    await app.press('Space');
    await app.sees('2 partners on the list');
    await app.inspect('help-chosen');
  });

  it('says what could be relaxed', async () => {
    await app.fill('Technology', 'hologram');
    await app.press('Control+Enter');
    await app.sees('What could be relaxed');
    await app.inspect('help-relax');
  });

  it('tells what is known of a partner, and its concerns', async () => {
    await app.window.run(() => [...document.querySelectorAll<HTMLElement>('button')].find((button) => button.textContent?.includes('What is known'))?.click());
    await app.byRole('dialog');
    await app.sees('Concerns');
    await app.inspect('help-facts');
    await app.press('Escape');
  });

  it('asks later whether it helped', async () => {
    await go('Ask patients whether it helped');
    await app.sees('Nobody to ask');
    await app.inspect('help-ask');
  });

  it('takes a call at the desk', async () => {
    await go('Inquiries and how far');
    await app.byRole('heading', 'Inquiries');
    await app.inspect('inquiries');
    await app.press('A');
    await app.byRole('dialog');
    await app.fill('About whom', 'Ann Ames');
    await app.inspect('inquiry-form');
    await app.press('Control+Enter');
    await app.sees('Make a referral');
    await app.inspect('inquiry-detail');
    assert.equal(await app.window.run(() => document.querySelector('dialog[open]') === null), true);
  });

  it('shows how far those come who asked', async () => {
    await app.clickOn('button', 'How far they come');
    await app.sees('Plans followed through');
    await app.inspect('inquiry-funnel');
  });

  it('stands on the referral: lists, shared care, how the patient came', async () => {
    await app.press('Control+2');
    await app.waitFor('the register has rows', () => document.querySelector('[role="grid"] [role="row"] [role="gridcell"]') !== null);
    await app.window.run(() => document.querySelector<HTMLElement>('[role="grid"]')?.focus());
    await app.press('ArrowDown');
    await app.press('Enter');
    await app.click('tab', 'Care and help');
    await app.sees('How they came to us');
    await app.inspect('referral-care');
    await app.clickOn('button', 'Make a group');
    await app.byRole('dialog');
    await app.inspect('care-group-form');
    await app.press('Escape');
    await go('Shared care');
    await app.sees('No patient is looked after together');
  });
});

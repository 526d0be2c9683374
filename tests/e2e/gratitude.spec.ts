/** Thanks in one sitting, a gift checked while it is typed, and the meters: all by keyboard, and without a number of referrals. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('the gratitude of the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const words = () => app.window.run(() => document.querySelector('main')?.textContent ?? '');
  const waiting = () => app.window.run(() => document.querySelectorAll('ul[aria-label="To thank"] li').length);

  it('lists whoever waits once each, with a letter beside', async () => {
    await app.press('Control+4');
    await app.byRole('heading', 'Gratitude');
    await app.sees('A line of your own');
    await app.inspect('thanks');
    assert.ok((await waiting()) > 1);
    assert.doesNotMatch(await words(), /\d+ referrals/);
  });

  it('thanks the first and goes on to the next', async () => {
    const before = await waiting();
    await app.press('T');
    await app.type('Your note about the stiff knee helped us on the first day.');
    await app.press('Control+Enter');
    await app.sees('marked as sent');
    await app.waitFor('one less waits', (left: number) => document.querySelectorAll('ul[aria-label="To thank"] li').length === left, before - 1);
    await app.inspect('thanks-after-one');
  });

  it('refuses a line that is none', async () => {
    await app.press('T');
    await app.type('Thanks');
    await app.press('Control+Enter');
    await app.sees('at least 20 characters');
    await app.inspect('thanks-refused');
    await app.press('Escape');
  });

  it('checks a gift while it is typed', async () => {
    await app.press('G');
    await app.byRole('heading', 'Record a gift');
    await app.inspect('gift-empty');
    await app.fill('Retail value of each', '20');
    await app.fill('In a few words', 'A book on the stiff knee');
    await app.fill('Add a name', 'Keiko Ito');
    await app.sees('Keiko Ito');
    await app.press('Enter');
    // Whether they asked for it: not known, until somebody says no.
    await app.window.run(() => document.querySelectorAll<HTMLInputElement>('main input[type=radio][value=no]')[0]?.click());
    await app.sees('This calendar year');
    await app.inspect('gift-checked');
    await app.fill('Retail value of each', '900');
    await app.sees('This may not be given');
    await app.inspect('gift-blocked');
  });

  it('sends a meal to whoever approves, split by who was there', async () => {
    await app.clickOn('button', 'Meal');
    await app.fill('Total with tip', '48.50');
    await app.fill('Purpose, in a sentence', 'Case conference on when a stiff knee needs another look.');
    await app.inspect('meal');
    await app.press('Control+Enter');
    await app.byRole('heading', 'Gratitude');
  });

  it('keeps the ledger, what waits, and the meters', async () => {
    await app.clickOn('button', 'To approve');
    await app.inspect('gifts-waiting');
    await app.clickOn('button', 'Ledger');
    await app.press('ArrowDown');
    await app.sees('Occasion');
    await app.inspect('ledger');
    await app.clickOn('button', 'This year’s meters');
    await app.sees('All within their limits.');
    await app.inspect('meters');
    await app.clickOn('button', 'Programs');
    await app.inspect('programs');
  });

  it('plans something together, judged as a gift is, and approves it', async () => {
    await app.clickOn('button', 'Together');
    await app.sees('Nothing is planned together');
    await app.inspect('together-empty');
    await app.press('A');
    await app.byRole('dialog', 'Plan something together');
    await app.press('Control+Enter');
    await app.sees('Choose a partner from the list.');
    await app.fill('With whom', 'Beacon Climb');
    await app.sees('Beacon Climbing Gym');
    await app.press('Enter');
    await app.fill('In a few words', 'An evening on climbing again after an injury');
    await app.fill('We bear', '150');
    await app.fill('They bear', '150');
    await app.fill('Why the shares are fair', 'The hall costs 300 an evening; each bears half of it.');
    await app.fill('Where agreement and counsel’s note are kept', 'Folder Agreements, signed in October');
    await app.fill('What it is for', 'People who climb learn when a knee needs a look.');
    await app.window.run(() => document.querySelectorAll<HTMLInputElement>('[role=dialog] input[type=radio][value=no], dialog input[type=radio][value=no]').forEach((one) => one.click()));
    await app.inspect('together-new');
    await app.press('Control+Enter');
    await app.sees('Waits for approval');
    await app.press('J', 'Y');
    await app.byRole('dialog', 'Approve what is planned?');
    await app.press('Control+Enter');
    await app.sees('Takes place');
    await app.inspect('together');
    assert.doesNotMatch(await words(), /\d+ referrals/);
  });

  it('tells about one person without a number of referrals', async () => {
    await app.clickOn('button', 'This year’s meters');
    await app.clickOn('button', 'Ito');
    await app.sees('What would mean something to them');
    await app.inspect('gratitude-of');
    assert.doesNotMatch(await words(), /\d+ referrals/);
  });

  it('keeps limits as data, with source and the day somebody verified them', async () => {
    await app.goTo('#/settings/gifts');
    await app.sees('Limits by calendar year');
    await app.inspect('gift-settings');
    await app.clickOn('button', 'Add a year');
    await app.byRole('dialog');
    await app.inspect('gift-settings-year');
    await app.press('Escape');
  });

  it('keeps the yearly check apart', async () => {
    await app.goTo('#/independence');
    await app.byRole('heading', 'Gifts and referrals');
    await app.inspect('independence');
  });
});

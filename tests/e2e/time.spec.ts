/** Looking back, keeping, holding, letting go and erasing: the stories, with a picture of every screen. */
import { after, before, describe, it } from 'node:test';

import { App } from './support/app.ts';
import { firstRow, rows } from './support/stories.ts';

describe('an earlier day, and what may go', () => {
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('an earlier state shows with a band, can be looked at only, and is left again', async () => {
    await app.press('Control+2');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.click('button', 'Edit');
    await app.click('menuitem', 'Move to the trash');
    await app.click('button', 'Move to the trash');
    await app.sees('moved to the trash');
    await app.press('Control+9');
    await firstRow(app);
    await app.press('ArrowDown');
    await app.click('button', 'See the practice as of this entry');
    await app.sees('Look only; nothing can be changed.');
    await rows(app);
    await app.inspect('time-history');
    await app.click('link', 'Trash');
    await app.sees('The trash is empty');
    await app.press('Control+2');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.inspect('time-referral');
    await app.misses('Seen today');
    await app.click('button', 'Edit');
    await app.byRole('menuitem', 'What is held about this patient');
    await app.misses('Move to the trash');
    await app.press('Escape');
    await app.click('button', 'Back to today');
    await app.misses('Look only; nothing can be changed.');
    await app.click('link', 'Trash');
    await rows(app);
  });

  it('a day before the practice began is refused beside the field', async () => {
    await app.press('Control+K');
    await app.byRole('combobox', 'Find or do');
    await app.type('earlier day');
    await app.waitFor('it is found', () => document.querySelector('dialog [role=option]') !== null);
    await app.press('Enter');
    await app.byRole('dialog', 'See an earlier day');
    await app.inspect('time-dialog');
    await app.fill('Day', '01/02/2020');
    await app.press('Tab');
    await app.click('button', 'Show that day');
    await app.sees('The practice begins on');
    await app.inspect('time-dialog-refused');
    await app.press('Escape');
  });

  it('what may go is shown with what stays and why', async () => {
    await app.click('link', 'Trash');
    await app.click('button', 'Let go for good…');
    await app.sees('1 record stays');
    await app.inspect('purge');
    await app.press('Escape');
  });

  it('what is held about a patient, a hold and a request to erase', async () => {
    await app.press('Control+2');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.click('button', 'Edit');
    await app.click('menuitem', 'What is held about this patient');
    await app.sees('Who it is');
    await app.inspect('held-patient');
    await app.click('button', 'Legal hold…');
    await app.fill('Why', 'Subpoena of March');
    await app.inspect('hold');
    await app.press('Enter');
    await app.sees('Legal hold: Subpoena of March');
    await app.click('button', 'Decide on a request to erase…');
    await app.byLabel('Who asked');
    await app.inspect('erase-refused');
    await app.press('Escape');
  });

  it('times of keeping and holds in the settings', async () => {
    await app.goTo('#/settings/keeping');
    await app.sees('Legal holds');
    await app.sees('Subpoena of March');
    await app.inspect('settings-keeping-held');
  });
});

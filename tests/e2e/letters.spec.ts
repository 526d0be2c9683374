/** Letters of thanks: one as PDF, for Word and as a draft for the mail program; many at once with their labels, marked as sent and taken back. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('letters of thanks', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const waiting = () => app.window.run(() => document.querySelectorAll('ul[aria-label="To thank"] li').length);
  it('carry the letterhead of the settings', async () => {
    await app.press('Control+K');
    await app.type('Settings: Practice');
    await app.press('Enter');
    await app.byRole('heading', 'Letterhead');
    await app.fill('Address', '12 Quay Street, Portland, ME 04101');
    await app.press('Tab');
    await app.fill('Telephone', '(207) 555-0142');
    await app.press('Tab');
    await app.fill('E-mail', 'office@harborview.example');
    await app.press('Tab');
  });

  it('are saved as PDF and for Word, once there is a line', async () => {
    await app.press('Control+4');
    await app.byRole('heading', 'Gratitude');
    await app.sees('A line of your own');
    await app.press('T');
    await app.type('Your note about the stiff knee helped us on the first day.');
    await app.clickOn('button', 'Print or save');
    await app.inspect('letter-menu');
    app.answerDialogs(join(app.home, 'letter.pdf'));
    await app.clickOn('menuitem', 'Save as PDF');
    await app.sees('Letters written to letter.pdf');
    assert.equal((await app.written('letter.pdf')).subarray(0, 5).toString(), '%PDF-');
    app.answerDialogs(join(app.home, 'letter.docx'));
    await app.clickOn('button', 'Print or save');
    await app.clickOn('menuitem', 'Save for Word');
    await app.sees('Letters written to letter.docx');
    assert.equal((await app.written('letter.docx')).subarray(0, 2).toString(), 'PK');
    await app.inspect('letter-saved');
  });

  it('are printed, and opened as a draft in the mail program', async () => {
    await app.press('Control+P');
    await app.waitFor('the sheet is there', () => document.querySelector('[data-paper] article') !== null);
    app.answerDialogs(join(app.home, 'thanks.eml'));
    await app.clickOn('button', 'Print or save');
    await app.clickOn('menuitem', 'Open in my mail program');
    await app.sees('thanks.eml is a draft');
    assert.match((await app.written('thanks.eml')).toString(), /X-Unsent: 1/);
  });

  it('go out to many at once, each on a page of its own', async () => {
    await app.press('Escape');
    await app.press('ArrowDown');
    await app.press('T');
    await app.type('Your front desk found a slot where we saw none at all.');
    await app.press('Escape');
    const before = await waiting();
    await app.press('L');
    await app.byRole('dialog');
    await app.sees('2 letters chosen');
    await app.inspect('letters-many');
    app.answerDialogs(join(app.home, 'letters.pdf'));
    await app.press('Control+Enter');
    await app.sees('2 letters on 2 pages written to letters.pdf');
    await app.clickOn('button', 'Address labels');
    app.answerDialogs(join(app.home, 'labels.pdf'));
    await app.clickOn('button', 'PDF');
    await app.sees('written to labels.pdf');
    await app.written('letters.pdf');
    await app.written('labels.pdf');
    await app.inspect('letters-written');
    await app.clickOn('button', 'Mark 2 letters as sent');
    await app.sees('marked as sent');
    await app.waitFor('two less wait', (left: number) => document.querySelectorAll('ul[aria-label="To thank"] li').length === left, before - 2);
    await app.inspect('letters-sent');
  });

  it('are taken back as one', async () => {
    const before = await waiting();
    await app.press('Control+Z');
    await app.waitFor('both wait again', (number: number) => document.querySelectorAll('ul[aria-label="To thank"] li').length === number + 2, before);
  });
});

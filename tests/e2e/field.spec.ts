/** A liaison's day: planned, reordered, ordered, printed and logged, all by keyboard and without a network. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('a day outside, in the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const order = () => app.window.run(() => [...document.querySelectorAll('ol[aria-label="Stops of the day"] li.stop b')].map((name) => name.textContent ?? ''));
  const there = (names: string[]) =>
    app.waitFor('the stops stand in that order', (wanted: string) => [...document.querySelectorAll('ol[aria-label="Stops of the day"] li.stop b')].map((name) => name.textContent ?? '').join('|') === wanted, names.join('|'));

  /** A field for a time takes its parts one by one, each system in its own way. */
  const setTime = async (label: string, time: string) => {
    const field = await app.byLabel(label);
    await app.window.runText(`(() => { const [field, time] = given; field.value = time; field.dispatchEvent(new Event('input', { bubbles: true })); })()`, [field, time]);
  };

  it('shows the stops with their times, the way on a map, and a brief', async () => {
    await app.clickOn('link', 'Field');
    await app.byRole('heading', 'Field');
    await app.sees('Works without a network');
    await app.sees('Agree who books the urgent knees.');
    await app.sees('Names of two therapists near them');
    assert.deepEqual(await order(), ['Millrace Family Practice', 'Cove Street Urgent Care', 'Tamarack Physical Therapy']);
    await app.inspect('field-day');
  });

  it('adds who is proposed, and passes who is not wanted', async () => {
    const offered = await app.window.run(() => document.querySelector('section[aria-label="Proposed"] b')?.textContent ?? '');
    await app.press('X');
    await app.waitFor('another is proposed', (name: string) => document.querySelector('section[aria-label="Proposed"] b')?.textContent !== name, offered);
    await app.press('A');
    await app.waitFor('there are four stops', () => document.querySelectorAll('ol[aria-label="Stops of the day"] li.stop').length === 4);
    assert.ok(!(await order()).includes(offered));
    await app.inspect('field-added');
  });

  it('moves a stop by keys and orders them all', async () => {
    const before = await order();
    await app.window.run(() => document.querySelector<HTMLElement>('ol[aria-label="Stops of the day"] li.stop button')?.focus());
    await app.press('Alt+ArrowDown');
    await there([before[1] ?? '', before[0] ?? '', ...before.slice(2)]);
    await app.press('O');
    await app.sees('rdered');
    await app.inspect('field-ordered');
  });

  it('says beside its field what can’t be', async () => {
    await app.press('E');
    await app.byRole('dialog');
    await app.window.run(() => document.querySelector<HTMLInputElement>('dialog input[type=radio][value=window]')?.click());
    await setTime('From', '11:00');
    await setTime('Begins by', '10:00');
    await app.press('Control+Enter');
    await app.sees('This ends before it starts');
    await app.inspect('field-stop-refused');
    await app.press('Escape');
  });

  it('has the day as a booklet', async () => {
    app.answerDialogs(join(app.home, 'visits.pdf'));
    await app.click('button', 'More');
    await app.clickOn('menuitem', 'Save the booklet as PDF');
    await app.sees('Booklet of visits written to visits.pdf');
    assert.equal((await app.written('visits.pdf')).subarray(0, 4).toString(), '%PDF');
  });

  it('logs every stop by keyboard, leaves one out, and says that the day is done', async () => {
    const stops = await order();
    for (let at = 0; at < stops.length; at += 1) {
      const last = at === stops.length - 1;
      await app.press(last ? 'S' : 'L');
      await app.byRole('dialog');
      if (last) {
        await app.type('Closed for a training');
        await app.inspect('field-skip');
        await app.press('Enter');
      } else {
        await app.fill('By', '12/31');
        await app.fill('What came of it', 'They will call the desk first.');
        await app.fill('Next step', 'Send the direct number');
        if (at === 0) await app.inspect('field-log');
        await app.waitFor('the next step stands there', () => (document.activeElement as HTMLInputElement | null)?.value === 'Send the direct number');
        await app.press('Control+Enter');
      }
      await app.waitFor('the dialog has gone', () => document.querySelector('dialog[open]') === null);
      await app.waitFor('so many stops are done', (done: number) => document.querySelectorAll('ol[aria-label="Stops of the day"] .mark.done, ol[aria-label="Stops of the day"] li.left').length === done, at + 1);
    }
    await app.sees('All stops are done');
    await app.inspect('field-done');
  });

  it('has the week beside each other', async () => {
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=week]')?.click());
    await app.sees('Not planned');
    await app.inspect('field-week');
  });

  it('counts the miles, and gives no amount where no rate is set', async () => {
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=mileage]')?.click());
    await app.sees('not set');
    await app.inspect('field-mileage');
    await app.click('button', 'Set the rate');
    await app.fill('Cents a mile', '65.5');
    await app.fill('Source', 'The rate of the practice');
    await app.press('Enter');
    await app.sees('65.5');
    await app.inspect('field-mileage-set');
  });

  it('canvasses a list with one key for each answer', async () => {
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=canvass]')?.click());
    await app.sees('No list to canvass');
    await app.inspect('field-canvass-empty');
    await app.press('N');
    await app.fill('Name', 'New offices');
    await app.fill('Script optional', 'Good morning. May I ask who books your referrals?');
    for (const name of ['Bayberry Rheumatology', 'Greyfield Neurology']) {
      await app.fill('Add a partner', name);
      await app.waitFor('it is found', (wanted: string) => [...document.querySelectorAll('[role=option]')].some((one) => one.textContent?.includes(wanted)), name);
      await app.press('Enter');
    }
    await app.inspect('field-canvass-new');
    await app.press('Control+Enter');
    await app.sees('2 to go');
    await app.press('1');
    await app.sees('1 attempt');
    await app.press('4');
    await app.sees('1 to go');
    await app.inspect('field-canvass');
  });

  it('begins with an empty day', async () => {
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=day]')?.click());
    await app.press(']');
    await app.sees('No visits on this day');
    await app.inspect('field-empty');
    await app.press('P');
    await app.byRole('dialog');
    await app.inspect('field-plan');
    await app.press('Control+Enter');
    await app.sees('No stops yet');
    await app.inspect('field-no-stops');
  });
});

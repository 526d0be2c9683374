/** A task put down, moved by key and by drag, done; a plan run to its second step; the calendar: by keyboard. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, create } from './support/stories.ts';

describe('the outreach of an empty practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await create(app, 'Lakeside Cardiology');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('says what belongs here', async () => {
    await app.press('Control+5');
    await app.byRole('heading', 'Outreach');
    await app.sees('Nothing to do');
    await app.inspect('outreach-empty');
    await app.press('Alt+3');
    await app.sees('No plan is running');
    await app.inspect('plans-empty');
    await app.press('Alt+2');
    await app.byRole('grid');
    await app.inspect('calendar-empty');
  });
});

describe('the outreach of the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  const day = (title: string) => app.window.run((wanted: string) => {
    const entry = [...document.querySelectorAll('[data-entry]')].find((one) => one.textContent?.includes(wanted));
    return entry?.closest('[role=gridcell]')?.id.replace('day-', '') ?? null;
  }, title);

  it('shows on Today what is due', async () => {
    await app.sees('Send the protocol for shoulders');
    await app.inspect('today-tasks');
  });

  it('lists tasks by when they are due', async () => {
    await app.press('Control+5');
    await app.byRole('heading', 'Outreach');
    await app.sees('Overdue');
    await app.sees('Call back about the new fax number');
    await app.inspect('tasks');
  });

  it('puts a task down by keyboard', async () => {
    await app.press('T');
    await app.byRole('dialog', 'New task');
    await app.inspect('task-new');
    await app.press('Control+Enter');
    await app.sees('Give the day it is to be done by.');
    await app.inspect('task-errors');
    await app.fill('What is to be done', 'Ask the harbor gym about Mondays');
    await app.fill('By when', '+2');
    await app.press('Tab');
    await app.press('Control+Enter');
    await app.sees('Task “Ask the harbor gym about Mondays” added');
    await app.sees('Ask the harbor gym about Mondays');
  });

  it('does one, and takes it back', async () => {
    await app.press('Home');
    await app.press('D');
    await app.sees('done');
    await app.press('Control+Z');
    await app.sees('Taken back');
  });

  it('shows the month, and moves the task by key', async () => {
    await app.press('Alt+2');
    await app.byRole('grid');
    await app.sees('Ask the harbor gym about Mondays');
    await app.inspect('calendar-month');
    const before = await day('Ask the harbor gym');
    assert.ok(before);
    await app.window.run(() => [...document.querySelectorAll<HTMLElement>('[data-entry]')].find((one) => one.textContent?.includes('Ask the harbor gym'))?.click());
    await app.press('Alt+ArrowDown');
    await app.sees('moved');
    await app.waitFor('the task is a week later', (was: string) => {
      const entry = [...document.querySelectorAll('[data-entry]')].find((one) => one.textContent?.includes('Ask the harbor gym'));
      const on = entry?.closest('[role=gridcell]')?.id.replace('day-', '');
      return on !== undefined && Date.parse(on) - Date.parse(was) === 7 * 86_400_000;
    }, before);
  });

  it('moves it by drag', async () => {
    const before = await day('Ask the harbor gym');
    assert.ok(before);
    await app.window.run((was: string) => {
      const entry = [...document.querySelectorAll('[data-entry]')].find((one) => one.textContent?.includes('Ask the harbor gym'));
      const next = new Date(Date.parse(was) + 86_400_000).toISOString().slice(0, 10);
      entry?.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true }));
      document.getElementById(`day-${next}`)?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true }));
    }, before);
    await app.waitFor('the task is a day later', (was: string) => {
      const entry = [...document.querySelectorAll('[data-entry]')].find((one) => one.textContent?.includes('Ask the harbor gym'));
      const on = entry?.closest('[role=gridcell]')?.id.replace('day-', '');
      return on !== undefined && Date.parse(on) - Date.parse(was) === 86_400_000;
    }, before);
  });

  it('shows a week and a day', async () => {
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=week]')?.click());
    await app.waitFor('a week shows', () => document.querySelectorAll('[role=gridcell]').length === 7);
    await app.inspect('calendar-week');
    await app.window.run(() => document.querySelector<HTMLInputElement>('main input[type=radio][value=day]')?.click());
    await app.waitFor('a day shows', () => document.querySelectorAll('[role=gridcell]').length === 0);
    await app.inspect('calendar-day');
  });

  it('reads a playbook and changes it', async () => {
    await app.press('Alt+4');
    await app.sees('Whom to speak to');
    await app.inspect('playbooks');
    await app.press('E');
    await app.byRole('dialog');
    await app.inspect('playbook-editor');
    await app.press('Escape');
  });

  it('runs a plan: the next step becomes a task when the first is done', async () => {
    await app.press('Alt+3');
    await app.sees('Say hello again');
    await app.inspect('plans');
    await app.press('P');
    await app.byRole('dialog', 'Start a plan');
    await app.inspect('plan-start');
    await app.press('Escape');
    await app.window.run(() => document.querySelector<HTMLAnchorElement>('main a[href*="outreach/plans/"]')?.click());
    await app.sees('Worth saying');
    await app.inspect('plan');
    await app.press('D');
    await app.waitFor('a step is behind it', () => document.querySelectorAll('main ol li.settled').length === 1 && document.querySelectorAll('main ol li.next').length === 1);
    await app.inspect('plan-second-step');
  });

  it('stands on the page of the partner', async () => {
    await app.window.run(() => document.querySelector<HTMLAnchorElement>('main a[href*="#/partners/"]')?.click());
    await app.sees('Tasks and plans');
    await app.inspect('partner-plans');
  });
});

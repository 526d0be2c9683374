/** Where referrals are being lost: taken up, recovered and seen in the report, all by keyboard; and everything twice as large. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { App } from './support/app.ts';
import { chapters, fits } from './support/stories.ts';

describe('the leaks of the sample practice', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  let recoveredBefore = 0;
  let patient = '';

  /** Goes to a screen as somebody without a mouse does. */
  async function goTo(command: string, heading: string): Promise<void> {
    await app.press('Control+K');
    await app.type(command);
    await app.press('Enter');
    await app.byRole('heading', heading);
  }
  /** How many leaks of the period were recovered. */
  async function recovered(): Promise<number> {
    await app.sees('Recovered');
    const text = await app.window.run(() => {
      const figure = [...document.querySelectorAll('.figure')].find((one) => one.querySelector('.label')?.textContent?.includes('Recovered'));
      return figure?.textContent ?? '';
    });
    const [, a] = /([\d,]+) of [\d,]+/.exec(text) ?? [];
    assert.ok(a, `“${text}” says of how many`);
    return Number(a.replaceAll(',', ''));
  }
  const current = () => app.window.run(() => document.querySelector('[role="grid"] .current')?.textContent?.trim() ?? '');
  /** How many there are: the list draws only those in view. */
  const count = () => app.window.run(() => Number.parseInt(document.querySelector('footer .tail')?.textContent ?? '', 10));
  const counts = (what: string, wanted: number) =>
    app.waitFor(what, (leaks: number) => Number.parseInt(document.querySelector('footer .tail')?.textContent ?? '', 10) === leaks, wanted);

  it('stand in a report: how many, at which stage, of whom, and why', async () => {
    await goTo('Leak report', 'Scorecards');
    recoveredBefore = await recovered();
    await app.sees('reference 50 %');
    await app.inspect('report-leaks');
  });

  it('are held against the practice’s own target', async () => {
    await app.window.run(() => [...document.querySelectorAll<HTMLElement>('.figure button')].at(-1)?.focus());
    await app.press('Enter');
    await app.fill('At most, in percent', '25');
    await app.inspect('report-leaks-target');
    await app.press('Enter');
    await app.sees('at most 25 %');
    await app.sees('target 25 %');
    await app.inspect('report-leaks-against-target');
  });

  it('are explained by a report on the loops, and one on the care', async () => {
    await goTo('Loop report', 'Scorecards');
    await app.sees('How long each step takes');
    await app.inspect('report-loops');
    await app.window.run(() => [...document.querySelectorAll<HTMLElement>('[aria-pressed]')].find((one) => one.textContent?.includes('Care'))?.focus());
    await app.press('Enter');
    await app.sees('What came with the referral');
    await app.inspect('report-care');
  });

  it('are listed by kind', async () => {
    await goTo('Leaks', 'Leaks');
    await app.waitFor('the list has rows', () => document.querySelector('[role=grid] .body') !== null);
    await app.inspect('leaks');
  });

  it('are taken up by one key', async () => {
    await app.window.run(() => document.querySelector<HTMLElement>('[role="grid"]')?.focus());
    await app.press('Home');
    for (let tries = 0; tries < 120; tries += 1) {
      if (/Send our report|Acknowledge/.test(await current())) break;
      await app.press('ArrowDown');
    }
    assert.match(await current(), /Send our report|Acknowledge/, 'some step of ours is late');
    patient = await app.window.run(() => document.querySelector('[role="grid"] .current [role="gridcell"]')?.textContent?.trim() ?? '');
    await app.byRole('complementary', 'Leak');
    await app.byLabel('Reason');
    await app.inspect('leaks-detail');
    await app.press('R');
    await app.sees(`Leak of ${patient} updated`);
    await app.waitFor('it is being tried', () => (document.querySelector<HTMLInputElement>('aside[aria-label="Leak"] input')?.value ?? '') !== '');
    await app.inspect('leaks-tried');
  });

  it('are gone once the step is done', async () => {
    const before = await count();
    await app.press('D');
    await app.sees(`Referral of ${patient} moved on`);
    await counts('the leak has left the list', before - 1);
  });

  it('come back with one undo, and go again with redo', async () => {
    const before = await count();
    await app.press('Control+Z');
    await counts('it leaks again', before + 1);
    await app.press('Control+Shift+Z');
    await counts('it is recovered again', before);
  });

  it('count as recovered in the report', async () => {
    await goTo('Leak report', 'Scorecards');
    // What was counted before shows until it is counted anew.
    for (let tries = 0; tries < 100 && (await recovered()) === recoveredBefore; tries += 1) await pause(100);
    assert.equal(await recovered(), recoveredBefore + 1);
  });

  it('are asked about by letter where a report is missing', async () => {
    await goTo('Leaks', 'Leaks');
    await app.press('L');
    await app.byRole('dialog');
    await app.sees('PDF');
    await app.inspect('leaks-letters');
    await app.press('Escape');
  });

  it('have reasons of the practice’s own', async () => {
    await goTo('Leaks', 'Leaks');
    await app.press('E');
    await app.byRole('dialog', 'Reasons a referral is lost');
    await app.inspect('leaks-reasons');
    await app.press('Escape');
  });

  it('show the loop of one referral, in five steps', async () => {
    await app.window.run(() => document.querySelector<HTMLElement>('[role="grid"]')?.focus());
    await app.press('Home', 'Enter');
    await app.byRole('tab', 'Way');
    await app.window.run(() => document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
    await app.press('ArrowRight');
    await app.byRole('region', 'Loop');
    await app.inspect('referral-loop');
  });

  it('rise to Today while they are late', async () => {
    await app.press('Control+1');
    await app.sees('Batons that are late');
    await app.inspect('today-late');
    await app.press('G');
    await app.byRole('heading', 'Batons');
    await app.byRole('complementary', 'Baton');
  });

  it('stay usable twice as large: nothing scrolls sideways', async () => {
    for (let step = 0; step < 5; step += 1) await app.press('Control+=');
    await app.waitFor('everything is twice as large', () => innerWidth <= 640);
    const screens = [
      ['Leaks', 'Leaks', 'zoom-leaks'],
      ['Leak report', 'Scorecards', 'zoom-report-leaks'],
      ['Loop report', 'Scorecards', 'zoom-report-loops'],
      ['Batons', 'Batons', 'zoom-batons'],
    ] as const;
    for (const [command, heading, name] of screens) {
      await app.press('Control+K');
      await app.type(command);
      await app.press('Enter');
      await app.waitFor('the palette is closed', () => document.querySelector('dialog[open]') === null);
      // A record that stood beside the list covers it now.
      await app.press('Escape');
      await app.byRole('heading', heading);
      await app.waitFor('something is read', () => document.querySelector('main [aria-busy=true], main .skeleton') === null);
      await app.screenshot(name);
      await app.isAccessible(`${name} at 200 %`);
      await fits(app);
      await inReach(name);
    }
    await app.press('Control+0');
    await app.waitFor('everything is as before', () => innerWidth === 1280);
  });

  /** No control lies beyond the window's edge, unless in a strip of its own that scrolls. */
  async function inReach(name: string): Promise<void> {
    const out = await app.window.run(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
      return [...document.querySelectorAll('main a, main button, main select, main input, main h1')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.getBoundingClientRect().width > 1 && !scrolls(one.parentElement))
        .map((one) => one.textContent?.trim() ?? one.tagName);
    });
    assert.deepEqual(out, [], `${name}: out of reach`);
    const sideways = await app.window.run(() => [...document.querySelectorAll('[role=grid], main .scroll')].some((one) => one.scrollWidth > one.clientWidth + 1));
    assert.equal(sideways, false, `${name}: the list scrolls sideways`);
  }
});

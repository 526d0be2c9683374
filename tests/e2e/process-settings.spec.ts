/** How referrals go their way, as the settings set it: days, paths, absences, leaks; by keyboard alone, at any size. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters } from './support/stories.ts';

describe('the settings of how referrals go', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('working days: the week, an hour, a month that follows, and back', async () => {
    await goTo(app, 'Working days');
    await app.sees('working days');
    await app.inspect('settings-days');
    await tabTo(app, 'Saturday');
    await app.press('Space');
    await app.byLabel('Saturday opens at');
    await app.sees('Working days changed');
    await tabTo(app, 'Saturday closes at');
    await replace(app, '7 am');
    await app.press('Enter');
    await app.sees('Close after opening, on the same day.');
    await replace(app, 'noon-ish');
    await app.press('Enter');
    await app.sees('Type a time like 8:30 or 5 pm.');
    await replace(app, '12:30 pm');
    await app.press('Enter');
    await app.misses('Type a time like');
    await app.press('Tab', 'Control+Z');
    await app.sees('Taken back');
    await app.press('Control+Z');
    await app.waitFor('Saturday is closed again', () => document.querySelector('[aria-label="Saturday opens at"]') === null);
  });

  it('own days: what is wrong stands beside the field', async () => {
    await tabTo(app, 'First day');
    await app.type('3/1/1899');
    await app.press('Enter');
    await app.sees('That day is before');
    await replace(app, '12/24/2031');
    await app.press('Tab');
    await app.type('12/20/2031');
    await app.press('Enter');
    await app.sees('The last day is before the first.');
    await app.inspect('settings-days-wrong');
    await replace(app, '12/26/2031');
    await app.press('Tab');
    await app.type('Year-end');
    await app.press('Enter');
    await app.sees('Dec 24, 2031 to Dec 26, 2031');
    await replaceIn(app, 'First day', '12/25/2031');
    await app.press('Enter');
    await app.sees('is on the list already');
    await replaceIn(app, 'First day', '');
    await app.press('Tab');
    await app.inspect('settings-days-own');
  });

  it('a path: a stage is moved, named and limited, and set beside the standard', async () => {
    await goTo(app, 'Paths');
    await app.sees('that are open keep the version they began with');
    await app.inspect('settings-paths');
    await tabTo(app, 'Stage 3 of 8: Contacted', true);
    await app.press('Alt+ArrowUp');
    await app.sees('Contacted is now stage 2 of 8.');
    await app.press('Enter');
    await tabTo(app, 'Name');
    await app.type('Patient reached');
    await tabTo(app, 'Limit');
    await replace(app, '400');
    await tabTo(app, 'Payer');
    await app.press('Space');
    await tabTo(app, 'Add an item');
    await app.press('Enter');
    await app.type('Ask for the insurance card');
    await app.sees('needs payer · 1 item');
    await app.press('Control+S');
    await app.sees('Give a limit of at most 365 days.');
    await app.inspect('settings-paths-wrong');
    await tabTo(app, 'Limit');
    await replace(app, '1');
    await app.sees('Not saved:');
    await app.inspect('settings-paths-stage');
    await app.press('Control+S');
    await app.sees('Path of referrals changed');
    await app.misses('Not saved:');
  });

  it('a path that is not saved is asked about, kept, and here again', async () => {
    await tabTo(app, 'Stage 4 of 8', true);
    await app.press('Alt+ArrowDown');
    await app.press('Control+3');
    await app.byRole('dialog', 'The path is not saved');
    await app.inspect('settings-paths-leave');
    await tabTo(app, 'Keep for later');
    await app.press('Enter');
    await app.byRole('heading', 'Partners');
    await goTo(app, 'Paths');
    await app.sees('What you changed and did not save is here again.');
    await app.inspect('settings-paths-restored');
    await tabTo(app, 'Discard');
    await app.press('Enter');
    await app.misses('Not saved:');
    await tabTo(app, 'Back to the standard');
    await app.press('Enter');
    await app.sees('This is the standard path.');
  });

  it('absences: somebody is away, a deputy stands in', async () => {
    await goTo(app, 'Absences');
    await app.inspect('settings-absences');
    await tabTo(app, 'Add an absence');
    await app.press('Enter');
    await app.byRole('dialog', 'Add an absence');
    const [who, deputy] = await people(app);
    await app.choose('Who', who);
    await replaceIn(app, 'First day', 'today');
    await replaceIn(app, 'Last day', '-1');
    await app.press('Tab', 'Control+Enter');
    await app.sees('The last day is before the first.');
    await replaceIn(app, 'Last day', '+9');
    await app.choose('Deputy', who);
    await app.press('Control+Enter');
    await app.sees('Choose somebody else to stand in.');
    await app.inspect('settings-absences-wrong');
    await app.choose('Deputy', deputy);
    await app.press('Control+Enter');
    await app.sees(`${deputy} stands in`);
    await app.press('Escape');
    await tabTo(app, 'Add an absence');
    await app.press('Enter');
    await app.choose('Who', who);
    await replaceIn(app, 'First day', '+3');
    await replaceIn(app, 'Last day', '+4');
    await app.press('Control+Enter');
    await app.sees('They are away in this time already.');
    await app.press('Escape');
    await app.inspect('settings-absences-now');
  });

  it('leaks: a target and the reasons people choose from', async () => {
    await goTo(app, 'Leaks');
    await app.sees('Reasons');
    await tabTo(app, 'Own target for the leak rate');
    await app.type('120');
    await app.press('Enter');
    await app.sees('Give whole percent from 0 to 100, or nothing.');
    await replace(app, '30');
    await app.press('Enter');
    await app.sees('Target for leaks changed');
    await tabTo(app, 'Reason 2');
    await app.press('Alt+ArrowUp');
    await app.sees('is now 1 of');
    await tabTo(app, 'New reason');
    await app.type('The parking is bad');
    await app.press('Enter');
    await app.waitFor('it is on the list', () => [...document.querySelectorAll('input')].some((one) => one.value === 'The parking is bad' && one.placeholder === ''));
    await app.inspect('settings-leaks');
  });

  it('nothing scrolls sideways at twice the size', async () => {
    for (let i = 0; i < 5; i += 1) await app.press('Control+=');
    await app.waitFor('everything is twice as large', () => innerWidth <= 640);
    for (const name of ['Working days', 'Paths', 'Absences', 'Leaks']) {
      await goTo(app, name);
      if (name === 'Paths') {
        await tabTo(app, 'Stage 5 of 8', true);
        await app.press('Enter');
        await app.byLabel('Limit if urgent');
      }
      await app.screenshot(`zoom-settings-${name.toLowerCase().replace(' ', '-')}`);
      await app.isAccessible(`${name} at 200 %`);
      await fits(app);
    }
    await app.press('Control+0');
  });
});

describe('what was chosen for this computer', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
  });
  after(() => app.stop());

  it('is there again after the app was closed', async () => {
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
    await goTo(app, 'This computer');
    await app.click('radio', 'Dark');
    await replaceIn(app, 'Lock after', '7');
    await app.press('Enter');
    await app.click('radio', '150 %');
    await app.waitFor('everything is larger', () => innerWidth <= 854);
    app = await app.restart(150);
    const theme = () => app.window.run(() => document.documentElement.dataset['theme'] ?? '');
    assert.equal(await theme(), 'dark');
    // The driver's mouse does not know of the size; the keyboard does.
    await tabTo(app, 'Look around first');
    await app.press('Enter');
    await app.byRole('heading', 'Today');
    await goTo(app, 'This computer');
    const minutes = await app.byLabel('Lock after');
    assert.equal(await app.window.run((field) => (field as unknown as HTMLInputElement).value, minutes), '7');
    assert.equal(await theme(), 'dark');
    await app.screenshot('settings-computer-kept');
    await app.press('Control+0');
  });
});

/** Goes to a section of the settings as the keyboard does. */
async function goTo(app: App, section: string): Promise<void> {
  await app.press('Control+K');
  await app.byRole('combobox', 'Find or do');
  await app.type(`Settings: ${section}`);
  await app.waitFor('it is offered', (wanted: string) => document.querySelector('dialog [role=option]')?.textContent?.includes(wanted) ?? false, section);
  await app.press('Enter');
  await app.byRole('heading', section);
  await app.waitFor('something is read', () => document.querySelector('main [aria-busy=true], main .skeleton') === null);
}

/** Presses Tab until what has this name has the focus. */
async function tabTo(app: App, name: string, part = false): Promise<void> {
  const here = () =>
    app.window.run(() => {
      const one = document.activeElement as HTMLElement | null;
      if (!one?.matches('a, button, input, select, textarea')) return '';
      const labels = one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? [...(one.labels ?? [])].map((label) => label.innerText) : [];
      return (one.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : one.innerText)).replace(/\s+/g, ' ').trim();
    });
  const seen: string[] = [];
  for (let i = 0; i < 160; i += 1) {
    const now = await here();
    if (now === name || now.startsWith(`${name} `) || (part && now.includes(name))) return;
    seen.push(now);
    await app.press('Tab');
  }
  assert.fail(`Tab does not lead to “${name}”, only to: ${[...new Set(seen)].join(' | ')}`);
}

/** Types over what stands in the field that has the focus. */
async function replace(app: App, text: string): Promise<void> {
  await app.press('Control+A');
  if (text === '') await app.press('Backspace');
  else await app.window.type(text);
}

async function replaceIn(app: App, label: string, text: string): Promise<void> {
  await app.window.run((field) => (field as unknown as HTMLElement).focus(), await app.byLabel(label));
  await replace(app, text);
}

/** Two people of the practice, as the form offers them. */
async function people(app: App): Promise<[string, string]> {
  const field = await app.byLabel('Who');
  const names = await app.window.run((one) => [...(one as unknown as HTMLSelectElement).options].map((option) => option.label).filter((label) => label !== 'Choose'), field);
  const [one, other] = names;
  assert.ok(one !== undefined && other !== undefined, `two people are offered: ${names.join(', ')}`);
  return [one, other];
}

/** Fails if something reaches out of the window to the right. */
async function fits(app: App): Promise<void> {
  const wide = await app.window.run(() => {
    const reach = (element: Element) => element.scrollWidth - element.clientWidth;
    const parts = [...document.querySelectorAll('main, main .scroll')];
    return Math.max(reach(document.documentElement), ...parts.map(reach));
  });
  assert.ok(wide <= 1, `something reaches ${wide} px out of the window`);
}

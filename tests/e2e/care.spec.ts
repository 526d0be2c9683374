/** What patients allow, what stays out of sight, how it was for them, and a closed referral that goes on: all by keyboard, and for a role that may see less. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, create, firstRow, rows } from './support/stories.ts';

/** Too long for any field, with letters of several bytes. */
const ENDLESS = 'Sehr lange gewartet 🫀🦴 في غرفة الانتظار. '.repeat(250).slice(0, 10_000);
const ANCIENT = '01/01/1899';

describe('consent and care of a referral', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('has a tab on the page of a referral', async () => {
    await openFirst(app);
    await careTab(app);
    await app.sees('except with whoever treats the patient');
    await app.inspect('care');
    await fits(app);
  });

  it('a consent with wrong days and too long a note is refused beside its fields', async () => {
    await reach(app, 'Put down: Name in a thank-you');
    await app.press('Enter');
    await app.byRole('dialog', 'Name in a thank-you');
    await reach(app, 'On');
    await replace(app, ANCIENT);
    await app.press('Control+Enter');
    await app.sees('is before 2000. Check the year.');
    await app.inspect('care-consent-1899');
    await reach(app, 'On', 'Shift+Tab');
    await replace(app, 'today');
    await reach(app, 'Last day it holds');
    await replace(app, '01/02/2020');
    await app.press('Control+Enter');
    await app.sees('It ends before it begins. Choose a later day.');
    await app.inspect('care-consent-backwards');
    await reach(app, 'Last day it holds', 'Shift+Tab');
    await replace(app, '12/31/2099');
    await put(app, 'Note optional', ENDLESS);
    await app.press('Control+Enter');
    await app.sees('This is too long. Keep it to 4000 characters.');
    assert.equal(await valueOf(app, 'Note optional'), ENDLESS, 'nothing that was typed is lost');
    await put(app, 'Note optional', 'On the form in the chart 📝');
    await app.press('Control+Enter');
    await app.sees('Given in writing');
    await app.sees('On the form in the chart 📝');
    await app.misses('Put down by .');
    await app.inspect('care-consent-given');
    await fits(app);
  });

  it('a consent is revoked, after a word of what follows, and Undo brings it back', async () => {
    await reach(app, 'Revoke: Name in a thank-you');
    await app.press('Enter');
    await app.byRole('dialog', 'Revoke: Name in a thank-you');
    await app.inspect('care-consent-revoke');
    await app.press('Control+Enter');
    await app.sees('counts as refused from that day');
    await app.inspect('care-consent-revoked');
    await app.press('Control+Z');
    await app.misses('counts as refused from that day');
    await app.sees('Given in writing');
  });

  it('what it came with and whose needs were met is answered by letters and saved on leaving', async () => {
    await reach(app, 'Reason is clear');
    await app.press('Y', 'Tab', 'N', 'Tab', 'X', 'Tab', 'Y');
    await reach(app, 'There is an urgent need');
    await app.press('Y', 'Tab', 'Y', 'Tab', 'N');
    await reach(app, 'The referrer’s confidence in us');
    await app.press('4');
    await reach(app, 'The patient’s');
    await app.press('P', 'Tab', 'Y', 'Tab', 'N', 'Tab', 'Y', 'Tab', 'Y', 'Tab', 'N', 'Tab', 'X');
    await app.sees('Not saved yet');
    await app.press('Tab');
    await app.misses('Not saved yet');
    await app.inspect('care-answers');
    await fits(app);
    // They are there when one comes back.
    await app.press('Control+1');
    await app.byRole('heading', 'Today');
    await openFirst(app);
    await careTab(app);
    await app.waitFor('the answers are there', () => document.querySelectorAll('main [role=radiogroup] input:checked').length === 15);
  });

  it('an experience is put down by figures; a day of 1899 and 10,000 characters are refused', async () => {
    await reach(app, 'Put down an experience');
    await app.press('Enter');
    await app.byRole('radiogroup', 'How was the visit?');
    await app.press('3');
    await app.sees('6 or less asks for a call');
    await reach(app, 'How confident at the first visit?');
    await app.press('1', '0');
    await reach(app, '“I could take part in deciding”');
    await app.press('8', 'Backspace', '7');
    await put(app, 'In their words', ENDLESS);
    await app.press('Control+Enter');
    await app.sees('This is too long. Keep it to 4000 characters.');
    await app.inspect('care-experience-long');
    await fits(app);
    assert.equal(await valueOf(app, 'In their words'), ENDLESS, 'nothing that was typed is lost');
    await put(app, 'In their words', '⏳ We waited an hour.\nThe doctor was kind 👩🏽‍⚕️');
    await reach(app, 'Day of the visit');
    await replace(app, ANCIENT);
    await app.press('Control+Enter');
    await app.sees('is before 2000. Check the year.');
    await app.inspect('care-experience-1899');
    await reach(app, 'Day of the visit', 'Shift+Tab');
    await replace(app, 'today');
    await app.press('Control+Enter');
    await app.sees('Asks for a call');
    await app.sees('3 of 10');
    await app.inspect('care-experience');
    await fits(app);
  });

  it('a low one shows where thanks are written', async () => {
    await app.press('Control+4');
    await app.sees('Rated 3 of 10, not followed up yet.');
    await app.inspect('thanks-rated');
    await fits(app);
  });

  it('beside the register there is room for all of it', async () => {
    await app.press('Control+2');
    await firstRow(app);
    await careTab(app);
    await app.inspect('care-beside');
    await fits(app);
    await app.press('Escape');
  });

  it('a low one stands on Today until somebody says what came of the call', async () => {
    await app.press('Control+1');
    await app.sees('Call about a visit that went badly');
    await app.inspect('care-today');
    await app.press('F');
    await app.byRole('dialog');
    await app.type('Spoke with the patient 🙂');
    await app.inspect('care-follow-up');
    await app.press('Control+Enter');
    await app.misses('Call about a visit that went badly');
    await openFirst(app);
    await careTab(app);
    await app.sees('Spoke with the patient 🙂');
  });

  it('a second opinion says where the patient went on', async () => {
    await app.window.run(() => document.querySelector<HTMLElement>('main [role=tab][aria-selected=true]')?.focus());
    await app.press('Home');
    await app.choose('Type', 'Second opinion');
    await app.choose('Second opinion: the patient', 'Moved to whoever was asked');
    await app.choose('How far the patient comes', 'Within the country');
    await app.waitFor('it is kept', () => [...document.querySelectorAll<HTMLSelectElement>('main select')].some((one) => one.value === 'moved'));
    await app.inspect('care-kind');
    await fits(app);
  });

  it('a referral is closed and reopened, and the earlier closing stays in the timeline', async () => {
    await app.window.run(() => (document.activeElement as HTMLElement | null)?.blur());
    await app.press('C');
    await app.byRole('button', 'Close it');
    await app.press('Enter');
    await app.byRole('button', 'Reopen');
    await app.press('R');
    await app.byRole('dialog');
    await app.press('Control+Enter');
    await app.sees('Say why it goes on.');
    await app.inspect('care-reopen-empty');
    await app.type('The patient called after all 📞');
    await reach(app, 'Due');
    await replace(app, ANCIENT);
    await app.press('Control+Enter');
    await app.sees('is before 2000. Check the year.');
    await app.inspect('care-reopen-1899');
    await reach(app, 'Due', 'Shift+Tab');
    await replace(app, '12/01/2099');
    await app.choose('Who takes it from here', 'Tess Lindqvist');
    await app.press('Control+Enter');
    await app.waitFor('the dialog is gone', () => document.querySelector('dialog[open]') === null);
    await app.sees('Was closed');
    await app.clickOn('tab', 'Way');
    await app.sees('Jonas Adeyemi to Tess Lindqvist');
    await app.clickOn('tab', 'Overview');
    await app.sees('The patient called after all 📞');
    await app.inspect('care-reopened');
    await fits(app);
  });

  it('a referral is put out of sight and stands in the list of the restricted alone', async () => {
    await careTab(app);
    await reach(app, 'Restrict this referral');
    await app.press('Enter');
    await app.byRole('dialog', 'Restrict this referral');
    await app.type('Part 2 program 🔒');
    await app.inspect('care-restrict');
    await app.press('Control+Enter');
    await app.sees('Restricted since');
    await app.waitFor('the band is in sight', () => (document.querySelector('main [role=note]')?.getBoundingClientRect().top ?? -1) >= 0);
    await app.inspect('care-restricted');
    await fits(app);
    const restricted = await app.window.run(() => location.hash);
    await openFirst(app);
    assert.notEqual(await app.window.run(() => location.hash), restricted, 'the register does not begin with it any more');
    await app.press('Escape');
    await rows(app);
    await app.press('F');
    await reach(app, 'Restricted referrals');
    await app.press('Enter');
    await app.byRole('heading', 'Restricted referrals');
    await rows(app);
    await app.sees('Part 2 program 🔒');
    await firstRow(app);
    await app.inspect('restricted');
    await fits(app);
    await app.press('R');
    await app.byRole('dialog', 'Bring it back into sight');
    await app.inspect('restricted-release');
    await app.press('Control+Enter');
    await app.sees('Nothing is restricted');
    await app.inspect('restricted-empty');
  });

  it('everything twice as large reaches out of no side', async () => {
    await openFirst(app);
    for (let i = 0; i < 5; i += 1) await app.press('Control+=');
    await app.waitFor('everything is twice as large', () => innerWidth <= 640);
    await fits(app);
    await app.screenshot('care-zoom-overview');
    await careTab(app);
    await app.sees('except with whoever treats the patient');
    await fits(app);
    await app.screenshot('care-zoom');
    await app.isAccessible('consent and care at 200 %');
    await reach(app, 'Put down an experience');
    await app.press('Enter');
    await app.byRole('radiogroup', 'How was the visit?');
    await fits(app);
    await app.screenshot('care-zoom-experience');
    await app.press('Escape');
    await reach(app, 'Put down: Marketing');
    await app.press('Enter');
    await app.byRole('dialog', 'Marketing');
    await fits(app);
    await app.screenshot('care-zoom-consent');
    await app.press('Escape');
    await app.press('Control+2');
    await app.waitFor('the record covers the list', () => location.hash === '#/referrals' && document.querySelector('main [role=tab]') !== null);
    await careTab(app);
    await app.screenshot('care-zoom-pane');
    await fits(app);
    await app.press('Escape');
    await rows(app);
    await fits(app);
    await app.goTo('#/referrals/restricted');
    await app.sees('Nothing is restricted');
    await fits(app);
    await app.press('Control+0');
    await app.waitFor('everything is as before', () => innerWidth === 1280);
  });
});

describe('the same for a role that sees less', () => {
  const it = chapters(() => app);
  let app: App;
  const phrases = new Map<string, string>();
  before(async () => {
    app = await App.start();
  });
  after(() => app.stop());

  it('the owner records, asks the patient, restricts another, and lets two people in', async () => {
    const { passphrase } = await create(app, 'Lakeside Cardiology');
    for (const [patient, rated] of [['Rosa Achterberg', true], ['Ben Okafor', false]] as const) {
      await app.press('Control+N');
      await app.byRole('dialog', 'New referral');
      await app.type(patient);
      await app.press('Alt+1', 'Control+Enter');
      await app.waitFor('it is recorded', () => document.querySelector('dialog[open]') === null);
      await openFirst(app);
      await app.byRole('heading', patient);
      await careTab(app);
      if (rated) {
        await reach(app, 'Put down an experience');
        await app.press('Enter', '2');
        await put(app, 'In their words', 'Rosa waited long');
        await app.press('Control+Enter');
        await app.sees('Asks for a call');
      } else {
        await reach(app, 'Restrict this referral');
        await app.press('Enter');
        await app.byRole('dialog');
        await app.press('Control+Enter');
        await app.sees('Restricted since');
      }
      await app.press('Escape');
    }
    await app.click('link', 'Settings');
    await app.click('link', 'People');
    for (const [name, role] of [['Fay Desk', 'Front desk'], ['Vic Low', 'Read only']] as const) {
      await app.click('button', 'Add a profile');
      await app.fill('Name', name);
      await app.choose('Role', role);
      await app.fill('Your passphrase', passphrase);
      await app.click('button', 'Add and make a phrase');
      await app.sees('A phrase to hand over');
      phrases.set(name, await app.window.run(() => document.querySelector('[aria-label="One-time phrase"]')?.textContent ?? ''));
      await app.click('button', 'Handed over');
      await app.sees(name);
    }
  });

  it('the front desk works with all of it', async () => {
    await comesIn(app, 'Fay Desk', phrases.get('Fay Desk') ?? '');
    await app.press('Control+1');
    await app.sees('Call about a visit that went badly');
    await openFirst(app);
    await careTab(app);
    await app.sees('except with whoever treats the patient');
    await app.sees('Rosa waited long');
    await app.inspect('care-front-desk');
    await app.goTo('#/referrals/restricted');
    await rows(app);
    await app.sees('Ben Okafor');
  });

  it('whoever only looks meets no name, no consent, no button and no error', async () => {
    await comesIn(app, 'Vic Low', phrases.get('Vic Low') ?? '');
    await app.press('Control+1');
    await app.sees('Call about a visit that went badly');
    await app.inspect('care-today-read-only');
    await absent(app, ['Followed up', 'Rosa', 'Okafor']);
    await openFirst(app);
    await careTab(app);
    await app.sees('experience');
    await app.inspect('care-read-only');
    await fits(app);
    await absent(app, ['Rosa', 'waited long', 'treats the patient', 'Restrict this referral', 'Restricted referrals', 'Followed up', 'Put down an experience', 'Put down by', 'could not be read']);
    const used = await app.window.run(() => document.querySelectorAll('main [role=tabpanel] :is(button, input:enabled, textarea, select)').length);
    assert.equal(used, 0, 'nothing can be pressed or typed into');
    await app.goTo('#/referrals/restricted');
    await app.sees('are for those who work with referrals');
    await app.inspect('restricted-read-only');
    await absent(app, ['Okafor', 'does not allow']);
    await app.press('Control+1', 'Control+K');
    await app.type('Restricted');
    await absent(app, ['Restricted referrals']);
    await app.press('Escape');
  });
});

/** Locks, and lets somebody in with a phrase that opens once. */
async function comesIn(app: App, name: string, phrase: string): Promise<void> {
  const first = name.split(' ')[0] ?? name;
  await app.press('Control+L');
  await app.click('radio', name);
  await app.fill(`${first}’s one-time phrase`, phrase);
  await app.press('Enter');
  await app.sees(`Welcome, ${first}`);
  await app.click('button', 'Suggest one');
  await app.click('button', 'Open with my own passphrase');
  await app.waitFor('the practice is open', () => document.querySelector('main h1') !== null && !document.body.innerText.includes('Welcome,'));
}

/** None of these words stands on the screen. */
async function absent(app: App, words: readonly string[]): Promise<void> {
  const text = await app.window.run(() => document.body.innerText.replace(/\s+/g, ' '));
  for (const word of words) assert.ok(!text.includes(word), `“${word}” stands on the screen: ${text.slice(0, 800)}`);
}

/** Opens the first referral of the register on its own page, by keys. */
async function openFirst(app: App): Promise<void> {
  await app.press('Control+2');
  await app.waitFor('the register is there', () => location.hash === '#/referrals');
  await firstRow(app);
  await app.press('Enter');
  await app.waitFor('its page is there', () => /referrals\/[0-9a-f]/.test(location.hash));
  await app.byRole('tab', 'Overview');
}

/** Moves along the tabs to consent and care. */
async function careTab(app: App): Promise<void> {
  await app.window.run(() => document.querySelector<HTMLElement>('main [role=tab][aria-selected=true]')?.focus());
  await app.press('Home', 'ArrowRight', 'ArrowRight');
  await app.byRole('heading', 'The patient’s experience');
  await app.waitFor('all of it is read', () => document.querySelector('main [aria-busy=true], main .skeleton') === null);
}

/** Presses Tab until the control of this name, or a choice of the group of this name, has the focus. */
async function reach(app: App, name: string, key = 'Tab'): Promise<void> {
  const on: string[] = [];
  for (let i = 0; i < 120; i += 1) {
    const here = await app.window.run(() => {
      const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
      const nameOf = (one: Element | null): string => {
        const by = one?.getAttribute('aria-labelledby');
        if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
        const labels = [...((one as HTMLInputElement | null)?.labels ?? [])].map((label) => tidy(label.textContent)).join(' ');
        return tidy(one?.getAttribute('aria-label')) || labels || tidy(one?.textContent);
      };
      const focused = document.activeElement;
      return [nameOf(focused), nameOf(focused?.closest('[role=radiogroup]') ?? null)];
    });
    if (here.includes(name)) return;
    on.push(here.join('/'));
    await app.press(key);
  }
  throw new Error(`Tab never comes to “${name}”; it came to: ${[...new Set(on)].join(' | ')}`);
}

/** Types over what stands in the field that has the focus. */
async function replace(app: App, text: string): Promise<void> {
  await app.press('Control+A');
  await app.window.type(text);
}

/** Replaces what stands in a field, as pasting does. */
async function put(app: App, label: string, text: string): Promise<void> {
  const field = await app.byLabel(label);
  await app.window.run(
    (element, value) => {
      const input = element as unknown as HTMLInputElement;
      input.focus();
      input.value = value as unknown as string;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    field,
    text,
  );
}

async function valueOf(app: App, label: string): Promise<string> {
  return app.window.run((field) => (field as unknown as HTMLTextAreaElement).value, await app.byLabel(label));
}

/** Nothing reaches out of the window, nor out of the part that scrolls, at the side. */
async function fits(app: App): Promise<void> {
  const wide = await app.window.run(() => {
    const reach = (element: Element | null) => (element ? element.scrollWidth - element.clientWidth : 0);
    return Math.max(...[document.documentElement, ...document.querySelectorAll('main, main [role=tabpanel], dialog[open] .body')].map(reach));
  });
  assert.ok(wide <= 1, `something reaches ${wide} px out at the side`);
}

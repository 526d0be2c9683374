/** What no design shows: names nobody expected, too much text, wrong numbers and days, everything twice as large, and no mouse. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, firstRow, fits, rows } from './support/stories.ts';

/** 200 characters: Latin, Arabic from right to left, and signs outside the basic plane. */
const LONG = 'Association of Family Physicians “Saint-Élie” & Sons — مركز القلب والأوعية الدموية — 🫀🦴 Klinik für Orthopädie und Unfallchirurgie am Großen Wörthersee, Department of Extraordinarily Long Names, East Wing'.slice(0, 200);
const UNBROKEN = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);

describe('a hard day', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('a name of 200 characters in three scripts is kept and pushes nothing aside', async () => {
    await app.press('Control+3');
    await rows(app);
    await app.press('A');
    await app.byRole('dialog', 'Add partner');
    await put(app, 'Name', LONG);
    await pick(app, 'Type', 'Primary care');
    await put(app, 'NPI optional', '1234567890');
    await app.press('Control+Enter');
    await app.waitFor('the wrong NPI is told', () => document.querySelector('dialog [aria-invalid=true]') !== null);
    await app.inspect('hard-npi');
    await put(app, 'NPI optional', '');
    await app.press('Control+Enter');
    await app.waitFor('it is added', () => document.querySelector('dialog[open]') === null);
    await app.fill('Search partners', 'Saint-Élie');
    await app.press('Enter');
    await app.waitFor('it is found', () => document.querySelectorAll('[role=grid] [role=row][aria-selected]').length === 1);
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.inspect('hard-name');
    await fits(app);
    await app.press('Enter');
    await app.waitFor('its page is there', () => /partners\/[0-9a-f]/.test(location.hash));
    await app.byRole('tab', 'Overview');
    await app.inspect('hard-name-page');
    await fits(app);
  });

  it('10,000 characters that are pasted are kept', async () => {
    await app.clickOn('tab', 'Notes');
    const text = `${UNBROKEN} `.repeat(63).slice(0, 10_000);
    await put(app, 'Notes', text, 'textbox');
    await app.press('Tab');
    await app.sees('Saved');
    await app.clickOn('tab', 'Overview');
    await app.clickOn('tab', 'Notes');
    const kept = await app.window.run((field) => (field as unknown as HTMLTextAreaElement).value.length, await app.byRole('textbox', 'Notes'));
    assert.equal(kept, text.trim().length);
    await app.inspect('hard-notes');
    await fits(app);
    await app.clickOn('tab', 'History');
    await app.sees('Put on record');
    await app.inspect('hard-history');
    await fits(app);
  });

  it('the year 1899 is refused beside its field, and the draft survives', async () => {
    await app.press('Control+1', 'Control+N');
    await app.byRole('dialog', 'New referral');
    await app.type(UNBROKEN);
    await put(app, 'Received', '01/01/1899');
    await app.press('Tab');
    await app.press('Control+Enter');
    await app.sees('Choose who it was, or one of the three answers below.');
    await app.press('Alt+1', 'Control+Enter');
    await app.waitFor('it is refused', () => document.querySelector('dialog [aria-invalid=true]') !== null);
    await app.inspect('hard-intake');
    await fits(app);
    await app.press('Escape');
    await app.press('Control+N');
    await app.byRole('dialog', 'New referral');
    const patient = await app.byLabel('Patient');
    await app.waitFor('the draft is there', (field, name) => (field as unknown as HTMLInputElement).value === (name as unknown as string), patient, UNBROKEN);
    await app.press('Escape');
  });
});

describe('everything twice as large, and no mouse', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('everything twice as large stays usable', async () => {
    for (let i = 0; i < 5; i += 1) await app.press('Control+=');
    await app.waitFor('everything is twice as large', () => innerWidth <= 640);
    const rooms = [
      ['Control+1', 'today'],
      ['Control+2', 'referrals'],
      ['Control+3', 'partners'],
      ['Control+4', 'gratitude'],
      ['Control+7', 'exchange'],
      ['Control+8', 'scorecards'],
      ['Control+9', 'history'],
    ] as const;
    for (const [keys, name] of rooms) {
      await app.press(keys);
      await app.waitFor('something is read', () => document.querySelector('main [aria-busy=true], main .skeleton') === null);
      await app.screenshot(`zoom-${name}`);
      await app.isAccessible(`${name} at 200 %`);
      await fits(app);
    }
    await app.press('Control+3');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.screenshot('zoom-partner');
    await fits(app);
    await app.press('Escape', 'Control+N');
    await app.byRole('dialog', 'New referral');
    await app.screenshot('zoom-intake');
    await app.press('Escape');
    await app.press('Control+K');
    await app.type('Settings: Backup');
    await app.press('Enter');
    await app.byRole('heading', 'Backup');
    await app.screenshot('zoom-settings');
    await app.isAccessible('settings at 200 %');
    await fits(app);
    await app.press('Control+0');
    await app.waitFor('everything is as before', () => innerWidth === 1280);
  });

  it('the settings are reached and gone through without a mouse', async () => {
    await app.press('Control+K');
    await app.type('Settings: Roles');
    await app.press('Enter');
    await app.byRole('heading', 'Roles');
    await app.window.run(() => document.querySelector<HTMLElement>('nav[aria-label=Settings] a[aria-current]')?.focus());
    await app.press('ArrowDown', 'Enter');
    await app.byRole('heading', 'Gifts and thanks');
    const place = await app.window.run(() => document.activeElement?.textContent?.trim() ?? '');
    assert.equal(place, 'Gifts and thanks', 'the focus stays in the index');
  });
});

/** Replaces what stands in a field, as pasting does. */
async function put(app: App, label: string, text: string, role?: string): Promise<void> {
  const field = await (role ? app.byRole(role, label) : app.byLabel(label));
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

/** Chooses an entry of a plain select, where a column of the list behind has the same name. */
async function pick(app: App, label: string, entry: string): Promise<void> {
  const field = await app.byRole('combobox', label);
  await app.window.run(
    (element, wanted) => {
      const select = element as unknown as HTMLSelectElement;
      select.value = [...select.options].find((one) => one.label.trim() === (wanted as unknown as string))?.value ?? '';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    field,
    entry,
  );
}

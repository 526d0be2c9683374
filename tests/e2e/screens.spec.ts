/** Every screen in both sizes, light and dark: a picture in `target/screens`, and nobody kept out by any of them. */
import { after, before, describe, it } from 'node:test';

import { App } from './support/app.ts';
import { create, fillPractice, firstRow, nextStep, rows, suggested, throughTheSteps, typeBack } from './support/stories.ts';
import { exports } from './support/truth.ts';

describe('the screens of a new practice', () => {
  let app: App;
  before(async () => {
    app = await App.start();
  });
  after(() => app.stop());

  it('first run', async () => {
    await app.sees('Who shares patients with you?');
    await app.inspect('first-run');
  });

  it('creating it, step by step', async () => {
    await app.clickOn('button', 'Create a practice file');
    await app.click('button', 'Continue');
    await app.sees('Give the practice a name.');
    await app.inspect('create-practice-errors');
    await fillPractice(app, 'Lakeside Cardiology');
    await app.inspect('create-practice');
    await app.click('button', 'Continue');
    const passphrase = await suggested(app);
    await app.sees('Very hard to guess');
    await app.inspect('create-passphrase');
    await app.click('button', 'Create the file');
    await typeBack(app);
    await app.inspect('create-recovery-key');
    await app.click('button', 'Open the practice');
    await app.byRole('heading', 'Today');
    await app.sees('Your morning begins here');
    await app.inspect('today-empty');
    await app.press('Control+L');
    await app.fill('Ana’s passphrase', 'not the right words at all');
    await app.press('Enter');
    await app.sees('This passphrase does not open');
    await app.inspect('unlock-wrong');
    await app.click('button', 'Use the recovery key');
    await app.byLabel('Recovery key');
    await app.inspect('unlock-recovery');
    await app.press('Escape');
    await app.byLabel('Ana’s passphrase');
    await app.inspect('unlock');
    await app.fill('Ana’s passphrase', passphrase);
    await app.press('Enter');
    await app.byRole('heading', 'Today');
  });

  const empty = [
    ['Control+2', 'referrals-empty', 'No referrals yet'],
    ['Control+3', 'partners-empty', 'No partners yet'],
    ['Control+7', 'exchange-empty', 'No file was imported yet.'],
    ['Control+8', 'scorecards-empty', 'No referrals in this period'],
  ] as const;
  for (const [keys, name, words] of empty) {
    it(name, async () => {
      await app.press(keys);
      await app.sees(words);
      await app.inspect(name);
    });
  }

  it('trash-empty', async () => {
    await app.click('link', 'Trash');
    await app.sees('The trash is empty');
    await app.inspect('trash-empty');
  });

  it('people-empty', async () => {
    await app.press('Control+3');
    await app.click('button', 'All people');
    await app.sees('No person yet');
    await app.inspect('people-empty');
  });

  it('an import, step by step', async () => {
    const leads = exports.find(({ name }) => name.startsWith('02'));
    await app.press('Control+7');
    app.answerDialogs(leads?.path ?? '');
    await app.click('button', 'Choose a file');
    await app.sees('What was understood');
    await app.inspect('import-1-file');
    await nextStep(app);
    await app.inspect('import-2-columns');
    await nextStep(app);
    await app.inspect('import-3-words');
    await throughTheSteps(app);
    await app.sees('What needs you comes first');
    await app.inspect('import-4-preview');
    await app.clickOn('button', 'Import 1');
    await app.sees('is imported as one step of history');
    await app.inspect('import-5-done');
    await app.click('button', 'Done');
    await app.sees('Recent imports');
    await app.inspect('exchange');
  });
});

describe('the screens of the sample practice', () => {
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('today', async () => {
    await app.press('Control+1');
    await app.sees('Gone quiet');
    await app.inspect('today');
  });

  it('referrals, one of them beside the list, and its page', async () => {
    await app.press('Control+2');
    await app.byRole('heading', 'Referrals');
    await rows(app);
    await app.inspect('referrals');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.inspect('referrals-detail');
    await app.press('Enter');
    await app.byRole('link', 'Referrals');
    await app.waitFor('its page is there', () => /referrals\/[0-9a-f]/.test(location.hash));
    await app.byRole('tab', 'Overview');
    await app.inspect('referral');
    await app.clickOn('tab', 'History');
    await app.inspect('referral-history');
  });

  it('the filter of the register', async () => {
    await app.press('Control+2');
    await rows(app);
    await app.press('F');
    await app.byRole('button', 'Done');
    await app.inspect('referrals-filter');
    await app.press('Escape');
  });

  it('intake', async () => {
    await app.press('Control+1', 'Control+N');
    await app.byRole('dialog', 'New referral');
    await app.inspect('intake');
    await app.type('Henrik Aalto');
    await app.press('Enter');
    await app.type('pin');
    await app.waitFor('names are offered', () => document.querySelectorAll('[role=option]').length > 1);
    await app.inspect('intake-typing');
    await app.press('Escape', 'Escape');
  });

  it('partners, one of them beside the list, and its page', async () => {
    await app.press('Control+3');
    await rows(app);
    await app.inspect('partners');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.inspect('partners-detail');
    await app.press('Enter');
    await app.waitFor('its page is there', () => /partners\/[0-9a-f]/.test(location.hash));
    for (const part of ['Overview', 'People', 'Referrals', 'Notes', 'History']) {
      await app.clickOn('tab', part);
      await app.waitFor('the part is there', () => document.querySelector('[role=tabpanel] [aria-busy=true]') === null);
      await app.inspect(`partner-${part.toLowerCase()}`);
    }
  });

  it('adding and filtering partners', async () => {
    await app.press('Control+3');
    await rows(app);
    await app.press('A');
    await app.byRole('dialog', 'Add partner');
    await app.inspect('partners-add');
    await app.press('Escape');
    await app.press('F');
    await app.byRole('button', 'Done');
    await app.inspect('partners-filter');
    await app.press('Escape');
  });

  it('people and one of them', async () => {
    await app.press('Control+3');
    await app.click('button', 'All people');
    await app.byRole('heading', 'People');
    await rows(app);
    await app.inspect('people');
    await firstRow(app);
    await app.press('Enter');
    await app.waitFor('the page is there', () => /people\/[0-9a-f]/.test(location.hash));
    await app.byRole('tab', 'Overview');
    await app.inspect('person');
  });

  it('scorecards, the practice, one of them and the order of a workbook', async () => {
    await app.press('Control+8');
    await app.byRole('heading', 'Scorecards');
    await rows(app);
    await app.inspect('scorecards');
    await app.click('button', 'The practice');
    await app.sees('Strongest sources');
    await app.inspect('scorecards-practice');
    await app.clickOn('button', 'Partners');
    await app.press('X');
    await app.byRole('dialog', 'Make the scorecard workbook');
    await app.inspect('export-scorecards');
    await app.press('Escape');
    await firstRow(app);
    await app.press('Enter');
    await app.sees('From referral to visit');
    await app.inspect('scorecard');
  });

  it('the order of a register', async () => {
    await app.press('Control+7');
    await app.sees('Recent imports');
    await app.press('X');
    await app.byRole('dialog', 'Export the register');
    await app.inspect('export-register');
    await app.press('Escape');
  });

  it('history, an entry, and the trash', async () => {
    await app.press('Control+2');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.click('button', 'Edit');
    await app.click('menuitem', 'Move to the trash');
    await app.click('button', 'Move to the trash');
    await app.sees('moved to the trash');
    await app.press('Control+9');
    await rows(app);
    await app.inspect('history');
    await firstRow(app);
    await app.inspect('history-entry');
    await app.click('link', 'Trash');
    await rows(app);
    await app.inspect('trash');
  });

  it('settings', async () => {
    await app.click('link', 'Settings');
    const sections = [
      ['This computer', 'computer'],
      ['Passphrase', 'passphrase'],
      ['Practice file', 'practice'],
      ['People', 'people'],
      ['Roles', 'roles'],
      ['Backup', 'backup'],
      ['Check the file', 'check'],
      ['An earlier day', 'earlier'],
      ['Audit log', 'log'],
      ['Keeping and letting go', 'keeping'],
      ['About Baton', 'about'],
    ] as const;
    for (const [name, id] of sections) {
      await app.click('link', name);
      await app.waitFor(`${id} is there`, (wanted: string) => location.hash.endsWith(wanted) && document.querySelector('main section h2') !== null, id);
      await app.inspect(`settings-${id}`);
    }
    await app.click('link', 'Roles');
    await app.clickOn('button', 'Front desk');
    await app.byLabel('Scorecards');
    await app.inspect('settings-roles-open');
    await app.click('link', 'Passphrase');
    await app.click('button', 'Change passphrase');
    await app.byLabel('Present passphrase');
    await app.inspect('settings-passphrase-change');
    await app.press('Escape');
    await app.click('link', 'Audit log');
  });

  it('the audit log, its reviews and a patient’s disclosures', async () => {
    await app.click('link', 'Open the log');
    await rows(app);
    await app.press('V');
    await app.sees('in one unbroken chain');
    await app.inspect('audit');
    await firstRow(app);
    await app.inspect('audit-entry');
    await app.press('Escape', 'R');
    await app.sees('What you found');
    await app.inspect('audit-reviews');
    await app.press('Control+2');
    await firstRow(app);
    await app.byRole('tab', 'Overview');
    await app.click('button', 'Edit');
    await app.click('menuitem', 'Disclosures of the patient');
    await app.sees('Nothing has to be told');
    await app.inspect('disclosures');
    await app.press('A');
    await app.byRole('dialog', 'Put down a disclosure');
    await app.inspect('disclosure-add');
    await app.press('Escape');
  });

  it('the palette and all keys', async () => {
    await app.press('Control+1', 'Control+K');
    await app.byRole('combobox', 'Find or do');
    await app.inspect('palette');
    await app.type('kestral');
    await app.waitFor('something is found', () => document.querySelector('dialog [role=option]') !== null);
    await app.inspect('palette-search');
    await app.press('Escape');
    await app.press('?');
    await app.byRole('dialog', 'All keys');
    await app.inspect('shortcuts');
    await app.press('Escape');
  });
});

describe('the screens of people and their ways in', () => {
  let app: App;
  let passphrase = '';
  let phrase = '';
  before(async () => {
    app = await App.start();
    ({ passphrase } = await create(app, 'Lakeside Cardiology'));
  });
  after(() => app.stop());

  it('somebody is added', async () => {
    await app.click('link', 'Settings');
    await app.click('link', 'People');
    await app.sees('Everybody has a profile');
    await app.inspect('people-owner');
    await app.click('button', 'Add a profile');
    await app.fill('Name', 'Tess Lindqvist');
    await app.choose('Role', 'Liaison');
    await app.fill('Your passphrase', passphrase);
    await app.inspect('people-add');
    await app.click('button', 'Add and make a phrase');
    await app.sees('A phrase to hand over');
    await app.inspect('people-phrase');
    phrase = await app.window.run(() => document.querySelector('[aria-label="One-time phrase"]')?.textContent ?? '');
    await app.click('button', 'Handed over');
    await app.sees('Phrase not used yet');
    await app.click('button', 'Actions for Tess Lindqvist');
    await app.click('menuitem', 'Retire');
    await app.sees('From this moment nothing opens the file');
    await app.inspect('people-retire');
    await app.press('Escape');
  });

  it('the practice’s key is changed', async () => {
    await app.click('link', 'Ways in');
    await app.byRole('button', 'Make a new recovery key');
    await app.inspect('settings-ways');
    await app.click('button', 'Change the practice’s key');
    await app.sees('Copies made before do not change');
    await app.inspect('ways-change-key');
    await app.press('Escape');
  });

  it('she comes in for the first time', async () => {
    await app.press('Control+L');
    await app.click('radio', 'Tess Lindqvist');
    await app.fill('Tess’s one-time phrase', phrase);
    await app.inspect('unlock-one-time');
    await app.press('Enter');
    await app.sees('Welcome, Tess');
    await app.inspect('unlock-first');
    await app.click('button', 'Suggest one');
    await app.click('button', 'Open with my own passphrase');
    // Unlocking leads back to where the window was.
    await app.byRole('heading', 'Settings');
    await app.sees('This computer’s keyring');
    await app.inspect('settings-ways-own');
  });
});

/** The first practice: from last year's exports to the workbook, in the real window and on the real file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before as beforeAll, describe, it } from 'node:test';

import { App } from './support/app.ts';
import { LOG } from './support/machine.ts';
import { chapters, create, type Founded, throughTheSteps } from './support/stories.ts';
import { filesBelow, tracesBelow } from './support/traces.ts';
import { exports, practiceName, referrers } from './support/truth.ts';

const number = (value: number) => value.toLocaleString('en-US');

/** Sends patients in every export and is met by its first three letters. */
const GYM = 'Ironpine Fitness';
const PATIENT = 'Aurelia Quillfeather';

describe('a practice begins with last year’s exports', () => {
  const it = chapters(() => app);
  let app: App;
  let founded: Founded;
  let outside: string;
  /** The newest referrals as they stood before the lock. */
  let before: string;
  beforeAll(async () => {
    outside = mkdtempSync(join(tmpdir(), 'baton-desk-'));
    app = await App.start();
  });
  after(async () => {
    await app.stop();
    rmSync(outside, { recursive: true, force: true });
  });

  it('refuses an empty form and says what is missing', async () => {
    await app.clickOn('button', 'Create a practice file');
    await app.click('button', 'Continue');
    await app.sees('Give the practice a name.');
    await app.sees('Choose the state the practice is in.');
    await app.click('button', 'Back');
    await app.sees('Who shares patients with you?');
  });

  it('is created with a suggested passphrase and a recovery key that is typed back', async () => {
    founded = await create(app, practiceName);
    assert.equal(founded.passphrase.split(/[ -]/).length, 5, 'five words');
    await app.sees('Your morning begins here');
    assert.ok(!(await page(app)).includes(founded.recoveryGroups.join(' ')), 'the key is shown once');
  });

  for (const file of exports) {
    it(`takes in ${file.name} to the row`, async () => {
      await app.press('Control+7');
      app.answerDialogs(file.path);
      await app.click('button', 'Choose a file');
      await app.sees('What was understood');
      await app.sees(`${number(file.rows)} rows of data`);
      await throughTheSteps(app);
      await app.sees(`${number(file.rows)} rows in the file`);
      const { New, Rejected, Twice } = await fates(app);
      assert.deepEqual({ Rejected, Twice }, { Rejected: file.rejected, Twice: file.possibleDuplicates });
      if (!file.contacts) assert.equal(New, file.referrals);
      await app.clickOn('button', 'Import');
      await app.sees('is imported as one step of history');
      if (!file.contacts) await app.sees(`New referrals ${number(file.referrals)}`);
      if (file.rejected > 0) await app.sees(`Rejected, stayed out ${number(file.rejected)}`);
      if (file.possibleDuplicates > 0) await app.sees(`Possible duplicates, stayed out ${number(file.possibleDuplicates)}`);
      await app.click('button', 'Done');
    });
  }

  it('knows a file it has taken in: nothing of it is new', async () => {
    const [first] = exports;
    assert.ok(first);
    await app.press('Control+7');
    app.answerDialogs(first.path);
    await app.click('button', 'Choose a file');
    await app.sees('What was understood');
    await throughTheSteps(app);
    const { New, Changed, Known } = await fates(app);
    assert.deepEqual({ New, Changed, Known }, { New: 0, Changed: 0, Known: first.referrals });
    await app.click('button', 'Close, keep for later');
    await app.click('button', 'Let it go');
  });

  it('hands over what stays out, with the reason of each row', async () => {
    const path = join(outside, 'rejected.xlsx');
    const last = exports.find(({ name }) => name.startsWith('03'));
    assert.ok(last);
    app.answerDialogs(last.path);
    await app.click('button', 'Choose a file');
    await app.sees('What was understood');
    await throughTheSteps(app);
    app.answerDialogs(path);
    await app.click('button', 'Rejected rows to Excel');
    await app.sees('Rejected rows written to rejected.xlsx');
    assert.deepEqual(await workbook(path), { sheets: 1, rows: 1 + last.rejected + last.possibleDuplicates });
    await app.click('button', 'Close, keep for later');
    await app.click('button', 'Let it go');
  });

  it('shows who refers, and each of them on a page', async () => {
    await app.press('Control+3');
    await app.byRole('heading', 'Partners');
    await app.fill('Search partners', 'ironpine');
    await app.sees('1 of');
    await app.press('Enter', 'Home', 'Enter');
    await app.byRole('heading', GYM);
    for (const tab of ['People', 'Referrals', 'Notes', 'History', 'Overview']) {
      await app.clickOn('tab', tab);
      await app.waitFor('the part is there', () => document.querySelector('[role=tabpanel]')?.textContent?.trim() !== '');
    }
  });

  it('takes a referral by the keyboard alone, and takes it back', async () => {
    await app.press('Control+2');
    await app.byRole('heading', 'Referrals');
    await app.press('Control+N');
    await app.byRole('dialog', 'New referral');
    await app.type(PATIENT);
    await app.press('Enter');
    await app.type('iro');
    await app.containing('option', GYM);
    await app.press('Enter');
    await app.sees(`From ${GYM}`);
    await app.press('Enter');
    await app.sees(`Referral of ${PATIENT} recorded`);
    await app.containing('gridcell', PATIENT);
    await app.press('Control+Z');
    await app.sees(`Taken back: Referral of ${PATIENT} recorded`);
    await app.waitFor('the list is without it', (name: string) => !document.querySelector('[role=grid]')?.textContent?.includes(name), PATIENT);
    await app.press('Control+Shift+Z');
    await app.containing('gridcell', PATIENT);
  });

  it('counts scorecards and writes them as a workbook', async () => {
    await app.press('Control+8');
    await app.byRole('heading', 'Scorecards');
    await app.sees('Internet search');
    const path = join(outside, 'scorecards.xlsx');
    app.answerDialogs(path);
    await app.press('X');
    await app.byRole('dialog', 'Make the scorecard workbook');
    await app.click('button', 'Choose where to save');
    await app.sees('scorecards.xlsx is written');
    assert.ok(existsSync(path));
    const { sheets, rows } = await workbook(path);
    assert.ok(sheets >= 4, 'a summary, the scorecards, the register and the definitions');
    assert.ok(rows > 10);
  });

  it('hides everything when it is locked', async () => {
    await app.press('Control+2');
    await app.containing('gridcell', PATIENT);
    before = await list(app);
    await app.press('Control+L');
    await app.byLabel('Ana’s passphrase');
    const held = await page(app);
    const told = [...referrers, PATIENT].filter((name) => name.length > 5 && held.includes(name));
    assert.deepEqual(told, [], 'no name of a partner or a patient is in the window');
    assert.equal(await app.window.title(), 'Baton');
    assert.doesNotMatch(await app.window.address(), /[0-9a-f]{8}-/);
  });

  it('opens for the passphrase alone, and everything is as it was', async () => {
    await app.fill('Ana’s passphrase', 'no such words together ever');
    await app.press('Enter');
    await app.sees('This passphrase does not open the practice');
    await app.fill('Ana’s passphrase', founded.passphrase);
    await app.press('Enter');
    await app.containing('gridcell', PATIENT);
    assert.equal(await list(app), before);
  });

  it('opens again after the computer was off', async () => {
    app = await app.restart();
    await app.fill('Ana’s passphrase', founded.passphrase);
    await app.press('Enter');
    await app.byRole('heading', 'Today');
    await app.press('Control+2');
    await app.containing('gridcell', PATIENT);
    assert.equal(await list(app), before);
  });
});

describe('what is typed into a practice', () => {
  it('stands in no file that Baton leaves', async () => {
    const marker = 'ZZPHI-7731';
    const said = readFileSync(LOG).length;
    const app = await App.start();
    try {
      const { passphrase } = await create(app, 'Marker Clinic');
      const secrets = ['zzphi', passphrase];
      await app.press('Control+N');
      await app.byRole('dialog', 'New referral');
      await app.type(marker);
      await app.press('Alt+1', 'Control+Enter');
      await app.sees(`Referral of ${marker} recorded`);
      // A second one is left as a draft, and looked for.
      await app.press('Control+N');
      await app.byRole('dialog', 'New referral');
      await app.type(`${marker} again`);
      await app.press('Escape');
      await app.press('Control+2');
      await app.containing('gridcell', marker);
      await app.fill('Search patient, chart number or reason', marker);
      await app.containing('gridcell', marker);
      assert.deepEqual(tracesBelow(app.home, secrets), [], 'while it is open');
      await app.press('Control+L');
      await app.byLabel('Ana’s passphrase');
      assert.deepEqual(tracesBelow(app.home, secrets), [], 'while it is locked');
      await app.quit();
      assert.ok(filesBelow(app.home).some((path) => path.endsWith('.db') || path.endsWith('.baton')), 'the practice is among the files');
      assert.deepEqual(tracesBelow(app.home, secrets), [], 'after it was closed');
      const log = readFileSync(LOG).subarray(said).toString('latin1').toLowerCase();
      assert.deepEqual(secrets.filter((secret) => log.includes(secret)), [], 'in what it said to the terminal');
    } finally {
      await app.stop().catch(() => undefined);
    }
  });
});

/** The rows of the list on the screen. */
function list(app: App): Promise<string> {
  return app.window.run(() =>
    [...document.querySelectorAll<HTMLElement>('[role=grid] [role=row]')].slice(0, 12).map((row) => row.innerText).join('\n'),
  );
}

/** What the preview of an import says becomes of the rows. */
function fates(app: App): Promise<Record<string, number>> {
  return app.window.run(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[role=group] button[aria-pressed]')].flatMap((card) => {
        const [, name, rows] = /^(\D+?)\s+([\d,]+)/.exec(card.innerText) ?? [];
        return name === undefined || rows === undefined ? [] : [[name, Number(rows.replaceAll(',', ''))]];
      }),
    ),
  );
}

/** All that the window holds: its document and what it keeps for itself. */
function page(app: App): Promise<string> {
  return app.window.run(
    () =>
      document.documentElement.outerHTML +
      [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join('\n') +
      JSON.stringify({ ...localStorage }) +
      JSON.stringify({ ...sessionStorage }),
  );
}

/** What another program finds in a workbook: its sheets, and the rows of the first. */
async function workbook(path: string): Promise<{ sheets: number; rows: number }> {
  const script = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({"sheets": len(book.sheetnames), "rows": book.worksheets[0].max_row}))`;
  // The python of the system's packages: another one that stands before it may not have the library.
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', script, path], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as { sheets: number; rows: number };
}

/** Backups by the window: made, tested, brought back, taken back, and a practice on a computer that has nothing else. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, create, type Founded, throughTheSteps } from './support/stories.ts';
import { exports } from './support/truth.ts';

describe('a practice that is backed up', () => {
  const it = chapters(() => app);
  let app: App;
  let founded: Founded;
  let outside: string;
  before(async () => {
    outside = mkdtempSync(join(tmpdir(), 'baton-desk-'));
    app = await App.start();
    founded = await create(app, 'Lakeside Cardiology');
  });
  after(async () => {
    await app.stop();
    rmSync(outside, { recursive: true, force: true });
  });

  const settings = async () => {
    await app.click('link', 'Settings');
    await app.click('link', 'Backup');
    await app.byRole('heading', 'Backup');
  };

  it('is backed up in every place and says so', async () => {
    const stick = join(outside, 'stick');
    mkdirSync(stick);
    await settings();
    app.answerDialogs(stick);
    await app.click('button', 'Add a place');
    await app.sees('Backups go to');
    await app.click('button', 'Back up now');
    await app.sees('Backup made and verified in 2 places');
    assert.equal(readdirSync(join(stick, 'Baton backups')).length, 1);
    await app.click('button', 'Test restore');
    await app.sees('can be restored');
    await app.inspect('settings-backup');
  });

  it('is saved as one file for outside', async () => {
    await app.click('button', 'More for backups');
    await app.click('menuitem', 'Save for outside');
    app.answerDialogs(join(outside, 'Lakeside.baton.age'));
    await app.inspect('backup-outside');
    await app.clickOn('button', 'Choose where and save');
    await app.sees('Saved and read back');
    assert.match(readFileSync(join(outside, 'Lakeside.baton.age'), 'latin1'), /^age-encryption/);
  });

  it('shows what a restore would take away, restores, and takes that back', async () => {
    const leads = exports.find(({ name }) => name.startsWith('02'));
    await app.press('Control+7');
    app.answerDialogs(leads?.path ?? '');
    await app.click('button', 'Choose a file');
    await app.sees('What was understood');
    await throughTheSteps(app);
    await app.clickOn('button', 'Import 1');
    await app.sees('is imported as one step of history');
    await settings();
    await app.sees('before an import');
    await app.clickOn('button', 'Restore the backup (before an import');
    await app.fill('Passphrase of that day', founded.passphrase);
    await app.inspect('restore-open');
    await app.click('button', 'Look at it');
    await app.sees('made since would be lost');
    await app.inspect('restore-look');
    await app.click('button', 'Restore this backup');
    await app.sees('what a restore replaced');
    await app.press('Control+3');
    await app.sees('No partners yet');
  });

  it('comes to a fresh computer by the file and the printed key alone', async () => {
    const elsewhere = await App.start();
    try {
      await elsewhere.clickOn('button', 'Restore from a backup');
      elsewhere.answerDialogs(join(outside, 'Lakeside.baton.age'));
      await elsewhere.inspect('restore-choose');
      await elsewhere.click('button', 'A file saved for outside');
      await elsewhere.fill('Recovery key', founded.recoveryGroups.join(' '));
      await elsewhere.click('button', 'Suggest one');
      await elsewhere.sees('hard to guess');
      await elsewhere.inspect('restore-key');
      await elsewhere.click('button', 'Look at it');
      await elsewhere.sees('It becomes a practice of its own');
      await elsewhere.click('button', 'Restore into a new practice');
      await elsewhere.byRole('heading', 'Today');
      assert.ok(existsSync(join(outside, 'Lakeside.baton.age')), 'the file itself is only read');
    } finally {
      await elsewhere.stop();
    }
  });
});

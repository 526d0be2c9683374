/** A slip and a packet about a referral of the sample practice: asked for, saved, and read back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, firstRow } from './support/stories.ts';

describe('a slip and a packet', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('carry the letterhead of the settings', async () => {
    await app.press('Control+K');
    await app.type('Settings: Practice');
    await app.press('Enter');
    await app.byRole('heading', 'Letterhead');
    await app.fill('Telephone', '(207) 555-0142');
    await app.press('Tab');
    await app.inspect('settings-letterhead');
  });

  it('are asked for on a referral', async () => {
    await app.press('Control+2');
    await firstRow(app);
    await app.click('button', 'Edit');
    await app.clickOn('menuitem', 'Slip and packet');
    await app.byRole('dialog');
    await app.fill('Add a document', 'Imaging report');
    await app.press('Enter');
    await app.inspect('packet-slip');
  });

  it('are saved as a ZIP whose password is told once', async () => {
    await app.clickOn('radio', 'Packet');
    await app.clickOn('radio', 'ZIP with a password');
    await app.sees('Tell it by telephone');
    await app.inspect('packet-zip');
    const target = join(app.home, 'packet.zip');
    app.answerDialogs(target);
    await app.clickOn('button', 'Choose where to save');
    await app.sees('packet.zip is written');
    await app.inspect('packet-saved');
    assert.equal(readFileSync(target).subarray(0, 2).toString(), 'PK');
  });
});

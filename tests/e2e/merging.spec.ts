/** The list of the excluded, the register to be signed, a status letter, and two records that become one person. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';

import { App } from './support/app.ts';
import { chapters, firstRow } from './support/stories.ts';

const HEAD = 'LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE';

describe('the list, the register, a status letter and two records of one person', () => {
  const it = chapters(() => app);
  let app: App;
  before(async () => {
    app = await App.start();
    await app.clickOn('button', 'Look around first');
    await app.byRole('heading', 'Today');
  });
  after(() => app.stop());

  it('reads the OIG exclusion list and says whom of ours it may name', async () => {
    const list = join(app.home, 'UPDATED.csv');
    writeFileSync(list, `${HEAD}\r\nBRANDT,SAMUEL,,,PHYSICIAN,,,0000000000,,1 A ST,TOWN,ME,04101,1128b4,20200101,00000000,00000000,\r\n`);
    await app.press('Control+K');
    await app.type('Settings: Gifts');
    await app.press('Enter');
    await app.sees('No list was read yet');
    await app.inspect('exclusions-none');
    app.answerDialogs(list);
    await app.clickOn('button', 'Read a list');
    await app.byRole('dialog');
    await app.inspect('exclusions-read');
    await app.press('Control+Enter');
    await app.sees('List of');
    await app.sees('may be on it');
    await app.inspect('exclusions');
  });

  it('writes the register of gifts as PDF, to be signed', async () => {
    await app.press('Control+4');
    await app.clickOn('button', 'Ledger');
    await app.clickOn('button', 'Register');
    app.answerDialogs(join(app.home, 'register.pdf'));
    await app.clickOn('menuitem', 'As PDF, to be signed');
    await app.sees('Register of gifts written to register.pdf');
    assert.equal((await app.written('register.pdf')).subarray(0, 5).toString(), '%PDF-');
    await app.clickOn('button', 'Programs');
    app.answerDialogs(join(app.home, 'friends.pdf'));
    await app.clickOn('button', 'Report');
    await app.sees('Report of patients who told a friend written');
    await app.written('friends.pdf');
  });

  it('writes a status letter with both halves, named or not at all', async () => {
    await app.press('Control+2');
    await app.clickOn('button', 'Inbound');
    await firstRow(app);
    await app.click('button', 'Edit');
    await app.clickOn('menuitem', 'Status letter');
    await app.byRole('dialog');
    await app.sees('With one half missing it does not leave');
    await app.inspect('status-empty');
    await app.fill('Thanks, in your own words', 'Thank you for your notes, they saved a second visit.');
    await app.inspect('status-letter');
    app.answerDialogs(join(app.home, 'status.pdf'));
    await app.press('Control+Enter');
    await app.sees('status.pdf is written');
    assert.equal((await app.written('status.pdf')).subarray(0, 5).toString(), '%PDF-');
    await app.inspect('status-written');
    await app.press('Escape');
  });

  it('makes one person of two records', async () => {
    await app.goTo('#/people');
    await app.byRole('heading', 'People');
    await firstRow(app);
    await app.press('Enter');
    await app.sees('Places of work');
    await app.clickOn('button', 'More');
    await app.clickOn('menuitem', 'Same person as …');
    await app.byRole('dialog');
    await app.inspect('same-person');
    await app.fill('The other record', 'Kwame Ferris');
    await app.sees('Kwame Ferris');
    await app.press('Enter');
    await app.inspect('same-person-preview');
    await app.press('Escape');
  });
});

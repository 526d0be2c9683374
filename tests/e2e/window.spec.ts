/** What a page that was taken over could not do, shown in the real window. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { App } from './support/app.ts';

describe('the window', () => {
  let app: App;
  before(async () => {
    app = await App.start();
  });
  after(async () => {
    await app.stop();
  });

  it('is called Baton and shows its own page', async () => {
    assert.equal(await app.window.title(), 'Baton');
    assert.match(await app.window.address(), /^tauri:\/\/localhost(\/|$)/);
  });

  it('connects to nobody', async () => {
    assert.equal(await refusedBy(() => void fetch('https://example.org/').catch(() => null)), 'connect-src');
  });

  it('connects to nothing on this machine either', async () => {
    let visits = 0;
    const neighbour = createServer((visitor) => {
      visits += 1;
      visitor.destroy();
    }).listen(0, '127.0.0.1');
    await once(neighbour, 'listening');
    const { port } = neighbour.address() as AddressInfo;
    const outcomes = await app.window.run(async (place: string) => {
      const fetched = await fetch(`http://${place}/`).then(
        () => 'connected',
        () => 'refused',
      );
      const socket = await new Promise<string>((resolve) => {
        try {
          const talk = new WebSocket(`ws://${place}/`);
          talk.onopen = () => resolve('connected');
          talk.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      });
      return [fetched, socket];
    }, `127.0.0.1:${port}`);
    neighbour.close();
    assert.deepEqual(outcomes, ['refused', 'refused']);
    assert.equal(visits, 0, 'nobody even knocked');
  });

  it('runs no text as a program', async () => {
    // A timer runs the text with the page's own rights, which WebDriver's scripts do not have.
    assert.match(
      await refusedBy(() => {
        const setTimer = setTimeout as (text: string) => number;
        setTimer('document.title = "taken over"');
      }),
      /^script-src/,
    );
    assert.equal(await app.window.title(), 'Baton');
  });

  it('has no eval', async () => {
    const outcome = await app.window.run(() => {
      try {
        return String((0, eval)('1 + 1'));
      } catch (error) {
        return (error as Error).name;
      }
    });
    assert.equal(outcome, 'EvalError');
  });

  it('runs no script written into the page', async () => {
    assert.match(
      await refusedBy(() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken over"';
        document.body.append(script);
        script.remove();
      }),
      /^script-src/,
    );
    assert.equal(await app.window.title(), 'Baton');
  });

  it('runs no script that a cell of an import could carry', async () => {
    assert.match(
      await refusedBy(() => {
        const cell = document.createElement('div');
        cell.innerHTML = '<img src="data:,x" onerror="document.title = \'taken over\'">';
        document.body.append(cell);
        cell.firstElementChild?.addEventListener('error', () => cell.remove());
      }),
      /^script-src/,
    );
    assert.equal(await app.window.title(), 'Baton');
  });

  it('loads no script from elsewhere', async () => {
    assert.match(
      await refusedBy(() => {
        const script = document.createElement('script');
        script.src = 'https://example.org/taken-over.js';
        document.head.append(script);
        script.remove();
      }),
      /^script-src/,
    );
  });

  it('holds no other page inside itself', async () => {
    assert.match(
      await refusedBy(() => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.org/';
        document.body.append(frame);
        setTimeout(() => frame.remove(), 1_000);
      }),
      /^(frame|child)-src/,
    );
  });

  it('cannot be led to another address', async () => {
    const before = await app.window.address();
    await app.window.run(() => {
      location.href = 'https://example.org/';
    });
    await app.waitFor('the page answers', () => document.readyState === 'complete');
    assert.equal(await app.window.address(), before);
  });

  it('opens no second window', async () => {
    assert.equal(await app.window.run(() => window.open('https://example.org/') === null), true);
  });

  it('is refused what Tauri could do for it beyond its permissions', async () => {
    const asked = ['plugin:window|set_title', 'plugin:dialog|open', 'plugin:event|emit', 'plugin:app|version'];
    for (const command of asked) {
      const refusal = await invoke(command);
      assert.match(refusal, /not allowed/, command);
    }
  });

  it('is refused commands that do not exist', async () => {
    assert.match(await invoke('read_every_file'), /read_every_file.*not found/);
    assert.match(await invoke('plugin:fs|read_file'), /not found|not allowed/);
  });

  it('finds no Tauri among its globals', async () => {
    assert.equal(await app.window.run(() => '__TAURI__' in window), false);
  });

  it('is the only one: starting Baton again shows the one that runs', async () => {
    assert.equal(await app.startAgain(), 0);
    assert.ok(app.pid() > 0);
  });

  it('makes files for its user alone and leaves no picture of its memory', () => {
    const about = (name: string) => readFileSync(`/proc/${app.pid()}/${name}`, 'utf8');
    assert.match(about('status'), /^Umask:\s+0077$/m);
    assert.match(about('limits'), /^Max core file size\s+0\s+0\s/m);
  });

  /** Which rule of the content security policy refuses the deed. */
  function refusedBy(deed: () => void): Promise<string> {
    return app.window.runText<string>(
      `new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => reject(new Error('nothing was refused')), 5000);
        document.addEventListener('securitypolicyviolation', (event) => {
          clearTimeout(giveUp);
          resolve(event.effectiveDirective);
        }, { once: true });
        (${deed.toString()})();
      })`,
    );
  }

  /** What Baton answers to a command of this name. */
  async function invoke(command: string): Promise<string> {
    return app.window.runText<string>(
      `window.__TAURI_INTERNALS__.invoke(given[0], {}).then(() => 'done', (refusal) => String(refusal))`,
      [command],
    );
  }
});

/** What a page that was taken over could not do, shown in the real window. */
import assert from 'node:assert/strict';
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
    assert.match(await app.window.address(), /^tauri:\/\/localhost\//);
  });

  it('connects to nobody', async () => {
    const outcome = await app.window.run(() =>
      fetch('https://example.org/').then(
        () => 'connected',
        (error: Error) => error.name,
      ),
    );
    assert.equal(outcome, 'TypeError');
    assert.deepEqual(await refusedBy('connect-src', () => void fetch('https://example.org/').catch(() => null)), ['connect-src']);
  });

  it('connects to nothing on this machine either', async () => {
    assert.deepEqual(
      await refusedBy('connect-src', () => void fetch('http://127.0.0.1:9/').catch(() => null)),
      ['connect-src'],
    );
    assert.deepEqual(
      await refusedBy('connect-src', () => {
        try {
          new WebSocket('ws://127.0.0.1:9/');
        } catch {
          // some engines throw besides reporting
        }
      }),
      ['connect-src'],
    );
  });

  it('runs no text as a program', async () => {
    // A timer runs the text with the page's own rights, which WebDriver's scripts do not have.
    assert.deepEqual(
      await refusedBy('script-src', () => {
        const setTimer = setTimeout as (text: string) => number;
        setTimer('document.title = "taken over"');
      }),
      ['script-src'],
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
    assert.deepEqual(
      await refusedBy('script-src-elem', () => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken over"';
        document.body.append(script);
        script.remove();
      }),
      ['script-src-elem'],
    );
    assert.equal(await app.window.title(), 'Baton');
  });

  it('runs no script that a cell of an import could carry', async () => {
    assert.deepEqual(
      await refusedBy('script-src-attr', () => {
        const cell = document.createElement('div');
        cell.innerHTML = '<img src="data:,x" onerror="document.title = \'taken over\'">';
        document.body.append(cell);
        cell.firstElementChild?.addEventListener('error', () => cell.remove());
      }),
      ['script-src-attr'],
    );
    assert.equal(await app.window.title(), 'Baton');
  });

  it('loads no script from elsewhere', async () => {
    assert.deepEqual(
      await refusedBy('script-src-elem', () => {
        const script = document.createElement('script');
        script.src = 'https://example.org/taken-over.js';
        document.head.append(script);
        script.remove();
      }),
      ['script-src-elem'],
    );
  });

  it('holds no other page inside itself', async () => {
    assert.deepEqual(
      await refusedBy('frame-src', () => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.org/';
        document.body.append(frame);
        setTimeout(() => frame.remove(), 1_000);
      }),
      ['frame-src'],
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

  /** Which rules of the content security policy refuse the deed. */
  async function refusedBy(rule: string, deed: () => void): Promise<string[]> {
    return app.window.runText<string[]>(
      `new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => reject(new Error('nothing was refused')), 5000);
        document.addEventListener('securitypolicyviolation', (event) => {
          clearTimeout(giveUp);
          resolve([event.effectiveDirective]);
        }, { once: true });
        (${deed.toString()})();
      })`,
    ).then((rules) => rules.map((found) => (found.startsWith(rule) || rule.startsWith(found) ? rule : found)));
  }

  /** What Baton answers to a command of this name. */
  async function invoke(command: string): Promise<string> {
    return app.window.runText<string>(
      `window.__TAURI_INTERNALS__.invoke(given[0], {}).then(() => 'done', (refusal) => String(refusal))`,
      [command],
    );
  }
});

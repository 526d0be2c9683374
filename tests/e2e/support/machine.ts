/** A session of its own for each story: its folders, its driver, and how both end. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
/** What is built, and what tests leave to be looked at. */
export const target = process.env['BATON_TARGET'] ?? join(here, '../../../target');

/** What the app, the keyring and the driver say while tests run. */
export const LOG = join(target, 'e2e.log');

/** How long a screen may take before it counts as broken. */
export const PATIENCE = Number(process.env['BATON_PATIENCE'] ?? 45_000);

/** What runs inside the bus of a session. */
export const SESSION = join(here, 'session.sh');

export type Theme = 'light' | 'dark';

/** What the program sees of the machine: folders of this story alone, and nobody's settings. */
export function environment(home: string, theme: Theme): NodeJS.ProcessEnv {
  const folder = (name: string) => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const settings = join(folder('config/gtk-3.0'), 'settings.ini');
  writeFileSync(settings, `[Settings]\ngtk-application-prefer-dark-theme=${theme === 'dark' ? 1 : 0}\n`);
  const kept = ['PATH', 'DISPLAY', 'XAUTHORITY'].map((name) => [name, process.env[name]]);
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: folder('tmp'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_DATA_HOME: folder('data'),
    XDG_RUNTIME_DIR: folder('run'),
    XDG_STATE_HOME: folder('state'),
    LANG: 'C.UTF-8',
    TZ: 'America/New_York',
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    TAURI_WEBVIEW_AUTOMATION: 'true',
    // Drawn as the app chooses for its users, WebKitGTK never answers when asked for a picture.
    WEBKIT_DISABLE_DMABUF_RENDERER: '0',
    BATON_ANSWER_DIALOGS: join(home, 'answers'),
    BATON_TEST_KEYRING: 'open sesame',
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  server.close();
  await once(server, 'close');
  return address.port;
}

export async function untilListening(address: string, driver: ChildProcess): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    assert.equal(driver.exitCode, null, `dbus-run-session, gnome-keyring and WebKitWebDriver are installed; see ${LOG}`);
    const answers = await fetch(`${address}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    await after(20);
  }
  throw new Error(`WebKitWebDriver does not answer at ${address}`);
}

/** Ends every process of the session. */
export function endGroup(driver: ChildProcess): void {
  if (driver.pid === undefined) return;
  try {
    process.kill(-driver.pid, 'SIGKILL');
  } catch {
    // all of them had ended
  }
}

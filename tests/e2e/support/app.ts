/**
 * The real app in a real window, with a home of its own, a message bus of its own and a real
 * keyring. Nothing of one test is left for the next.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { endGroup, environment, freePort, LOG, PATIENCE, SESSION, target, type Theme, untilListening } from './machine.ts';
import { find, missText, seeText, settle, type Wanted } from './page.ts';
import { type Element, type Json, Session, type Size, WebDriverError } from './webdriver.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A run that is broken off ends like any other, so that no app is left behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** The window as most people have it, and the smallest it may be. */
export const SIZES = { usual: { width: 1280, height: 800 }, small: { width: 1024, height: 700 } } as const;
export type SizeName = keyof typeof SIZES;

/** The program under test, and the one for the terminal that is built with it. */
export const PROGRAM = join(target, 'debug', 'baton');
export const CLI = join(target, 'debug', 'baton-cli');

export interface StartOptions {
  /** What the system prefers; the app follows it until its user decides. */
  readonly theme?: Theme;
  readonly size?: SizeName;
  /** A home that an earlier start left behind. */
  readonly home?: string;
  /** How large everything is shown from the first moment on, in percent: chosen in that home before. */
  readonly zoom?: number;
}

export class App {
  private theme: Theme;
  private size: SizeName;
  private readonly zoom: number;

  private constructor(
    /** The folder that stands for the user's home; everything the app writes is below it. */
    readonly home: string,
    readonly window: Session,
    private readonly driver: ChildProcess,
    options: StartOptions,
  ) {
    this.theme = options.theme ?? 'light';
    this.size = options.size ?? 'usual';
    this.zoom = options.zoom ?? 100;
  }

  /** Starts the app and waits for its first screen. */
  static async start(options: StartOptions = {}): Promise<App> {
    assert.ok(existsSync(PROGRAM), `${PROGRAM} is not there; cargo xtask test --only e2e builds it`);
    const home = options.home ?? mkdtempSync(join(tmpdir(), 'baton-e2e-'));
    const port = await freePort();
    const log = openSync(LOG, 'a');
    const driver = spawn('dbus-run-session', ['--', SESSION, String(port)], {
      env: environment(home, options.theme ?? 'light'),
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    // A story that forgets to end its app neither waits for it nor leaves it behind.
    driver.unref();
    process.once('exit', () => endGroup(driver));
    const address = `http://127.0.0.1:${port}`;
    try {
      await untilListening(address, driver);
      const window = await Session.open(address, PROGRAM);
      const app = new App(home, window, driver, options);
      await app.firstScreen();
      await app.resize(app.size);
      return app;
    } catch (error) {
      endGroup(driver);
      if (error instanceof WebDriverError && error.code === 'session not created') {
        throw new Error(`${PROGRAM} cannot be driven; it has to be built with the feature e2e`, { cause: error });
      }
      throw error;
    }
  }

  /** Ends the app as closing its window does; its home stays. */
  async quit(): Promise<void> {
    await this.window.close();
    await this.leave();
  }

  /** Ends the app and removes its home. */
  async stop(): Promise<void> {
    await this.quit();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Ends the app as closing its window does and starts it again in the same home. */
  async restart(zoom = 100): Promise<App> {
    await this.quit();
    return App.start({ home: this.home, theme: this.theme, size: this.size, zoom });
  }

  /** Ends the app the way a power cut does and starts it again in the same home. */
  async cutPower(): Promise<App> {
    process.kill(this.pid(), 'SIGKILL');
    await this.leave();
    return App.start({ home: this.home, theme: this.theme, size: this.size });
  }

  /** The app's own process, found among those of this session. */
  pid(): number {
    const ours = readdirSync('/proc').filter((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        const [, program, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return program === 'baton' && rest?.split(' ')[2] === String(this.driver.pid);
      } catch {
        return false; // it ended while we looked
      }
    });
    assert.equal(ours.length, 1, `one app runs in this session, found: ${ours.join(', ') || 'none'}`);
    return Number(ours[0]);
  }

  /** Starts the program once more in the same session and gives back how that ended. */
  async startAgain(): Promise<number | null> {
    const second = spawn(PROGRAM, { env: { ...this.environment(), ...this.bus() }, stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number | null];
    return code;
  }

  /** Locks the screen, as far as the app can tell: the screen saver says on the bus that it is active. */
  async lockScreen(): Promise<void> {
    const says = ['--session', '--type=signal', '/org/freedesktop/ScreenSaver'];
    const active = ['org.freedesktop.ScreenSaver.ActiveChanged', 'boolean:true'];
    const saver = spawn('dbus-send', [...says, ...active], { env: { ...this.environment(), ...this.bus() } });
    const [code] = (await once(saver, 'exit')) as [number | null];
    assert.equal(code, 0, 'dbus-send is installed');
  }

  // ── what a person sees ────────────────────────────────────────────────────────────────────

  /** The one element with this role and name, once it is there. */
  byRole(role: string, name?: string): Promise<Element> {
    return this.find({ role, name: name ?? null, whole: true });
  }

  /** The one element of this role whose name contains the words. */
  containing(role: string, words: string): Promise<Element> {
    return this.find({ role, name: words, whole: false });
  }

  /** The one control with this label. */
  byLabel(label: string): Promise<Element> {
    return this.find({ role: null, name: label, whole: true });
  }

  /** Waits until the text stands on the screen. */
  async sees(text: string): Promise<void> {
    await this.window.runText(`(${seeText.toString()})(...given)`, [text, PATIENCE]);
  }

  /** Waits until the text has gone from the screen. */
  async misses(text: string): Promise<void> {
    await this.window.runText(`(${missText.toString()})(...given)`, [text, PATIENCE]);
  }

  /** Waits until a question to the page is answered with yes. */
  async waitFor<A extends readonly Json[]>(
    what: string,
    question: (...given: A) => boolean | Promise<boolean>,
    ...given: A
  ): Promise<void> {
    const asked = `(async () => {
      const ask = ${question.toString()};
      const end = performance.now() + ${PATIENCE};
      while (!(await ask(...given))) {
        if (performance.now() > end) throw new Error(${JSON.stringify(`waited in vain until ${what}`)});
        await new Promise((again) => setTimeout(again, 16));
      }
    })()`;
    await this.window.runText(asked, given);
  }

  // ── what a person does ────────────────────────────────────────────────────────────────────

  /** Clicks what has this role and name, as soon as it can be used. */
  async click(role: string, name: string): Promise<void> {
    await this.use(await this.byRole(role, name), name);
  }

  /** Clicks what has this role and whose name contains the words. */
  async clickOn(role: string, words: string): Promise<void> {
    await this.use(await this.containing(role, words), words);
  }

  /** Replaces what stands in the field with this label. */
  async fill(label: string, text: string): Promise<void> {
    const field = await this.byLabel(label);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await this.arrives('keydown', field, async () => {
        await this.window.clear(field);
        await this.window.click(field);
        await this.window.type(text);
      });
      const typed = await this.window.run((one) => (one as unknown as HTMLInputElement).value, field);
      if (!lettersAreMissing(typed, text)) return;
    }
  }

  /** Chooses an entry of a plain select by what it says. */
  async choose(label: string, entry: string): Promise<void> {
    const field = await this.byLabel(label);
    await this.window.runText(
      `(() => {
        const [field, entry] = given;
        const option = [...field.options].find((one) => one.label.trim() === entry);
        if (!option) throw new Error('there is no entry ' + entry);
        field.value = option.value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      })()`,
      [field, entry],
    );
  }

  /** Types where the focus is. */
  async type(text: string): Promise<void> {
    const empty = () => this.window.run(() => (document.activeElement as HTMLInputElement | null)?.value === '');
    if (!(await empty())) return this.window.type(text);
    const field = await this.window.run(() => document.activeElement as unknown as Element);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await this.window.type(text);
      const [still, typed] = await this.window.run(
        (one) => [document.activeElement === (one as unknown), (one as unknown as HTMLInputElement).value] as const,
        field,
      );
      if (!still || !lettersAreMissing(typed, text)) return;
      await this.window.clear(field);
      await this.window.click(field);
    }
  }

  /** Presses keys one after another; each may be a chord such as `Control+K`. */
  async press(...chords: string[]): Promise<void> {
    for (const chord of chords) await this.window.press(chord);
  }

  /** Goes to an address of the app; a page that is just changing is asked again. */
  async goTo(address: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.window.run((to: string) => void (location.hash = to), address);
      } catch (error) {
        if (attempt === 3 || !(error instanceof WebDriverError && error.code === 'no such frame')) throw error;
      }
    }
  }

  /** What the app wrote to a file of ours, once it is there; a copy stays beside the pictures, to be looked at. */
  async written(name: string): Promise<Buffer> {
    const path = join(this.home, name);
    for (const end = performance.now() + PATIENCE; !existsSync(path) && performance.now() < end; ) await after(16);
    const bytes = readFileSync(path);
    const folder = join(target, 'screens');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), bytes);
    return bytes;
  }

  /** Prepares the answers to the system's next file dialogs; an empty path changes its mind. */
  answerDialogs(...paths: string[]): void {
    writeFileSync(join(this.home, 'answers'), paths.map((path) => `${path}\n`).join(''));
  }

  // ── what every screen must be ─────────────────────────────────────────────────────────────

  async resize(size: SizeName): Promise<void> {
    this.size = size;
    const wanted: Size = SIZES[size];
    await this.window.resize(wanted);
    await this.waitFor(
      `the window is ${wanted.width} wide`,
      (width: number, height: number) => Math.abs(innerWidth - width) < 1 && Math.abs(innerHeight - height) < 1,
      Math.floor((wanted.width * 100) / this.zoom),
      Math.floor((wanted.height * 100) / this.zoom),
    );
  }

  async showIn(theme: Theme): Promise<void> {
    this.theme = theme;
    await this.window.run((name: string) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
  }

  /** Keeps a picture of the screen in `target/screens`. */
  async screenshot(name: string): Promise<string> {
    await this.window.runText(`(${settle.toString()})()`);
    const { width, height } = SIZES[this.size];
    const folder = join(target, 'screens');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}-${this.theme}-${width}x${height}.png`);
    writeFileSync(path, await this.window.picture());
    return path;
  }

  /** Fails when axe finds anything that keeps somebody out. */
  async isAccessible(screen: string): Promise<void> {
    await this.window.runText(`(${settle.toString()})()`);
    type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] };
    const violations = await this.window.runText<Violation[]>(`(async () => {
      if (!window.axe) { ${axe} }
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false });
      return violations.map(({ id, help, nodes }) => ({
        id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target: target.map(String), failureSummary })),
      }));
    })()`);
    const told = violations.map(({ id, help, nodes }) => {
      const places = nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`);
      return `  ${id}: ${help}\n${places.join('\n')}`;
    });
    assert.equal(violations.length, 0, `${screen} (${this.theme}) keeps somebody out:\n${told.join('\n')}`);
  }

  /** The screen in every size and theme: a picture of each, and nobody kept out by any. */
  async inspect(name: string): Promise<void> {
    const { theme, size } = this;
    const complaints: string[] = [];
    for (const next of ['small', 'usual'] as const) {
      await this.resize(next);
      for (const shown of ['dark', 'light'] as const) {
        await this.showIn(shown);
        await this.screenshot(name);
        await this.isAccessible(name).catch((error: unknown) => complaints.push(String(error)));
      }
    }
    await this.resize(size);
    await this.showIn(theme);
    assert.equal(complaints.length, 0, complaints.join('\n'));
  }

  private async use(element: Element, name: string): Promise<void> {
    await this.waitFor(`“${name}” can be used`, (one) => !(one as unknown as HTMLElement).matches(':disabled'), element);
    await this.arrives('click', element, () => this.clickUncovered(element));
  }

  /** A notice may lie over it for some seconds; a person waits for it to go. */
  private async clickUncovered(element: Element): Promise<void> {
    for (const end = performance.now() + PATIENCE; ; await after(250)) {
      try {
        return await this.window.click(element);
      } catch (error) {
        const covered = error instanceof WebDriverError && error.code === 'element click intercepted';
        if (!covered || performance.now() > end) throw error;
      }
    }
  }

  /**
   * Does something until the element has heard of it. A window that has only just come up may not have the focus yet, and
   * its page may still move under the mouse when its letters arrive; no person would leave it at that.
   */
  private async arrives(event: 'click' | 'keydown', element: Element, does: () => Promise<void>): Promise<void> {
    const waiting = () => this.window.run(() => document.documentElement.dataset['heard'] === 'not yet');
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await this.window.run(
        (type: string, wanted: Element) => {
          const mark = document.documentElement.dataset;
          mark['heard'] = 'not yet';
          const hear = (heard: Event) => {
            if (!(wanted as unknown as Node).contains(heard.target as Node)) return;
            mark['heard'] = 'yes';
            removeEventListener(type, hear, true);
          };
          addEventListener(type, hear, true);
        },
        event,
        element,
      );
      await does();
      if (!(await waiting())) return;
      await after(250);
      if (!(await waiting())) return;
    }
    throw new Error(`the element never heard of a ${event}`);
  }

  private async find(wanted: Wanted): Promise<Element> {
    return this.window.runText<Element>(`(${find.toString()})(...given)`, [wanted, PATIENCE]);
  }

  /** Waits for the page; a script that was asked of the empty window before it is asked again. */
  private async firstScreen(): Promise<void> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await this.waitFor(
          'the first screen is there',
          () => document.readyState === 'complete' && document.body.innerText.trim() !== '',
        );
      } catch (error) {
        const early = error instanceof WebDriverError && error.code === 'no such frame';
        if (!early || performance.now() > end) throw error;
      }
    }
  }

  private environment(): NodeJS.ProcessEnv {
    return environment(this.home, this.theme);
  }

  private bus(): NodeJS.ProcessEnv {
    return { DBUS_SESSION_BUS_ADDRESS: readFileSync(join(this.home, 'bus'), 'utf8') };
  }


  private async leave(): Promise<void> {
    if (this.driver.exitCode === null && this.driver.signalCode === null) {
      this.driver.ref();
      const gone = once(this.driver, 'exit');
      endGroup(this.driver);
      await gone;
    }
  }
}

/** Starts the app for one story and ends it, whatever happens in between. */
export async function withApp(options: StartOptions, story: (app: App) => Promise<void>): Promise<void> {
  const app = await App.start(options);
  try {
    await story(app);
  } catch (error) {
    await app.screenshot('failed').catch(() => undefined); // the story's own error says more
    throw error;
  } finally {
    await app.stop();
  }
}

/**
 * Whether the driver let letters fall on a busy machine: the field holds the text with some left out. A field that writes
 * what it is given in its own way (a phone number, a date) does not count.
 */
function lettersAreMissing(typed: string, text: string): boolean {
  if (typed.length >= text.length || typed === '') return false;
  let at = 0;
  for (const letter of text) if (typed[at] === letter) at += 1;
  return at === typed.length;
}

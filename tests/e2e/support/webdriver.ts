/**
 * The part of the WebDriver protocol (W3C) that driving one window takes, spoken to
 * WebKitWebDriver directly.
 */

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Something on the page, by the name the driver gave it. */
export interface Element {
  readonly [ELEMENT]: string;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a script may be given and may return. */
export type Json = null | boolean | number | string | Element | readonly Json[] | { readonly [key: string]: Json };

type Action = { type: 'keyDown' | 'keyUp'; value: string };

/** An error the driver reported, by its code, such as `no such element`. */
export class WebDriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** The keys that have no character of their own. */
const KEYS: Readonly<Record<string, string>> = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  Space: ' ',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  F5: '\uE035',
};

/** One window under control. */
export class Session {
  private constructor(
    private readonly driver: string,
    private readonly id: string,
  ) {}

  /** Starts the program and takes control of its window. */
  static async open(driver: string, binary: string): Promise<Session> {
    const capabilities = {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: [] as string[] } },
    };
    const { sessionId } = await call<{ sessionId: string }>('POST', `${driver}/session`, { capabilities });
    const session = new Session(driver, sessionId);
    await session.post('timeouts', { script: 120_000 });
    return session;
  }

  /** Ends control, which closes the window. */
  async close(): Promise<void> {
    await call('DELETE', `${this.driver}/session/${this.id}`);
  }

  /** Runs a function in the page and gives back what it returns. */
  async run<A extends readonly Json[], R>(work: (...given: A) => R, ...given: A): Promise<Awaited<R>> {
    return this.runText<Awaited<R>>(`(${work.toString()})(...given)`, given);
  }

  /** Runs an expression in the page over `given`, waiting for its promise. */
  async runText<R>(expression: string, given: readonly Json[] = []): Promise<R> {
    // tsx marks functions with a helper that only exists where it compiled them.
    const script = `
      const __name = (what) => what;
      const given = [...arguments];
      const answer = given.pop();
      Promise.resolve().then(() => (${expression})).then(
        (value) => answer({ value: value === undefined ? null : value }),
        (error) => answer({ failed: String(error) }),
      );`;
    const answer = await this.post<{ value?: R; failed?: string }>('execute/async', { script, args: given });
    if (answer.failed !== undefined) throw new Error(`in the page: ${answer.failed}`);
    return answer.value as R;
  }

  async click(element: Element): Promise<void> {
    await this.post(`element/${element[ELEMENT]}/click`, {});
  }

  /** Empties a field as a person would, so that the page hears of it. */
  async clear(element: Element): Promise<void> {
    await this.post(`element/${element[ELEMENT]}/clear`, {});
  }

  /** Types text where the focus is. */
  async type(text: string): Promise<void> {
    await this.keys([...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]));
  }

  /** Presses keys together, written `Control+Shift+K`. */
  async press(chord: string): Promise<void> {
    const keys = chord.split('+').map((name) => KEYS[name] ?? (name.length === 1 ? name.toLowerCase() : unknown(name)));
    const down = keys.map((value): Action => ({ type: 'keyDown', value }));
    const up = keys.toReversed().map((value): Action => ({ type: 'keyUp', value }));
    await this.keys([...down, ...up]);
  }

  /** Carries something with the mouse: pressed on one element, moved over another in steps, let go there. */
  async drag(from: Element, to: Element, whileOver: () => Promise<void> = async () => {}): Promise<void> {
    const move = (origin: Element, duration: number, x = 0, y = 0) => ({ type: 'pointerMove', origin, duration, x, y });
    const mouse = (actions: readonly object[]) =>
      this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
    await mouse([move(from, 0), { type: 'pointerDown', button: 0 }, move(from, 50, 12, 4), move(to, 200), move(to, 50, 2, 2)]);
    await whileOver();
    await mouse([{ type: 'pointerUp', button: 0 }]);
  }

  /** What the window shows, as PNG. */
  async picture(): Promise<Buffer> {
    return Buffer.from(await this.get<string>('screenshot'), 'base64');
  }

  async resize({ width, height }: Size): Promise<void> {
    await this.post('window/rect', { width, height });
  }

  async title(): Promise<string> {
    return this.get('title');
  }

  async address(): Promise<string> {
    return this.get('url');
  }

  async reload(): Promise<void> {
    await this.post('refresh', {});
  }

  private async keys(actions: readonly Action[]): Promise<void> {
    await this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  private get<R>(path: string): Promise<R> {
    return call<R>('GET', `${this.driver}/session/${this.id}/${path}`);
  }

  private post<R>(path: string, body: object): Promise<R> {
    return call<R>('POST', `${this.driver}/session/${this.id}/${path}`, body);
  }
}

function unknown(name: string): never {
  throw new Error(`there is no key ${name}`);
}

async function call<R>(method: string, address: string, body?: object): Promise<R> {
  const response = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value } = (await response.json()) as { value: R };
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new WebDriverError(error, message);
  }
  return value;
}

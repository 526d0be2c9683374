/**
 * Functions that run inside the page. Each is sent as its own text, so that it can use nothing
 * from outside itself.
 */

/** How a person would name a thing on the screen. */
export type Wanted = {
  readonly [key: string]: string | boolean | null;
  /** What it is, such as `button`; any control when null. */
  readonly role: string | null;
  /** What it is called on the screen or to a screen reader. */
  readonly name: string | null;
  /** Whether the name must be all of it, or only a part. */
  readonly whole: boolean;
};

/** Waits until exactly one visible element answers to the wish, and gives it back. */
export async function find(wanted: Wanted, patience: number): Promise<HTMLElement> {
  const byRole: Record<string, string> = {
    alert: '[role=alert]',
    button: 'button, [role=button], input[type=submit]',
    cell: 'td, [role=cell], [role=gridcell]',
    checkbox: 'input[type=checkbox], [role=checkbox]',
    columnheader: 'th, [role=columnheader]',
    combobox: '[role=combobox], select',
    dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
    heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
    link: 'a[href], [role=link]',
    listbox: '[role=listbox]',
    menuitem: '[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]',
    option: 'option, [role=option]',
    progressbar: 'progress, [role=progressbar]',
    radio: 'input[type=radio], [role=radio]',
    complementary: 'aside[aria-label], aside[aria-labelledby], [role=complementary]',
    region: 'section[aria-label], section[aria-labelledby], [role=region]',
    row: 'tr, [role=row]',
    status: 'output, [role=status]',
    switch: '[role=switch]',
    tab: '[role=tab]',
    table: 'table, [role=table], [role=grid]',
    textbox: 'input:not([type]), input[type=text], input[type=search], input[type=password], input[type=email], input[type=tel], input[type=number], input[type=date], textarea, [role=textbox], [role=searchbox]',
  };
  const selector =
    wanted.role === null
      ? 'input, select, textarea, button, [role=combobox], [role=textbox], [role=radiogroup], [role=switch]'
      : (byRole[wanted.role] ?? `[role=${wanted.role}]`);

  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  /** The text inside, without what only decorates it, such as key caps. */
  const spokenText = (element: HTMLElement): string => {
    if (element.querySelector('[aria-hidden=true]') === null) return element.innerText;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let spoken = '';
    let before: Element | null = null;
    while (texts.nextNode()) {
      let block = texts.currentNode.parentElement;
      if (block === null || block.closest('[aria-hidden=true]') !== null) continue;
      while (block !== element && block.parentElement !== null && getComputedStyle(block).display === 'inline') block = block.parentElement;
      spoken += (block === before ? '' : ' ') + (texts.currentNode.textContent ?? '');
      before = block;
    }
    return spoken;
  };
  const nameOf = (element: HTMLElement): string => {
    const by = element.getAttribute('aria-labelledby');
    if (by) {
      const parts = by.split(/\s+/).map((id) => tidy(document.getElementById(id)?.textContent));
      return tidy(parts.join(' '));
    }
    const label = element.getAttribute('aria-label');
    if (label) return tidy(label);
    if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) {
      const labels = [...(element.labels ?? [])].map((own) => tidy(own.textContent)).join(' ');
      return tidy(labels || element.title || element.getAttribute('placeholder'));
    }
    return tidy(spokenText(element) || element.title);
  };
  const matches = (name: string) =>
    wanted.name === null || (wanted.whole ? name === wanted.name : name.includes(wanted.name));
  const visible = (element: HTMLElement) =>
    element.closest('[inert], [aria-hidden=true]') === null && element.checkVisibility();

  const end = performance.now() + patience;
  let found: HTMLElement[] = [];
  for (;;) {
    found = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (element) => visible(element) && matches(nameOf(element)),
    );
    const [only] = found;
    if (only !== undefined && found.length === 1) {
      only.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return only;
    }
    if (performance.now() > end) break;
    await new Promise((again) => setTimeout(again, 16));
  }
  const there = [...document.querySelectorAll<HTMLElement>(selector)].filter(visible).map(nameOf);
  throw new Error(
    `${found.length} elements are ${wanted.role ?? 'a control'} “${wanted.name ?? ''}”; there are: ${there.slice(0, 40).join(' | ')}`,
  );
}

/** Waits until the text stands somewhere on the screen. */
export async function seeText(text: string, patience: number): Promise<null> {
  const end = performance.now() + patience;
  const shown = () => document.body.innerText.replace(/\s+/g, ' ');
  while (!shown().includes(text)) {
    if (performance.now() > end) throw new Error(`“${text}” is not on the screen, which says: ${shown().slice(0, 1500)}`);
    await new Promise((again) => setTimeout(again, 16));
  }
  return null;
}

/** Waits until the text stands nowhere on the screen any more. */
export async function missText(text: string, patience: number): Promise<null> {
  const end = performance.now() + patience;
  while (document.body.innerText.replace(/\s+/g, ' ').includes(text)) {
    if (performance.now() > end) throw new Error(`“${text}” is still on the screen`);
    await new Promise((again) => setTimeout(again, 16));
  }
  return null;
}

/** Waits until fonts are there and nothing moves, so that a picture is the same every time. What never ends says its name. */
export async function settle(): Promise<null> {
  const PATIENCE = 10_000;
  const within = (work: Promise<unknown>, late: () => string) =>
    Promise.race([work, new Promise((_, fail) => setTimeout(() => fail(new Error(late())), PATIENCE))]);
  const moving = () => document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  const named = () =>
    moving().map((one) => {
      const of = (one.effect as KeyframeEffect | null)?.target;
      return `${(one as CSSAnimation).animationName ?? (one as CSSTransition).transitionProperty} of ${of?.outerHTML.slice(0, 120) ?? 'nothing'}`;
    });
  await document.fonts.ready;
  await within(Promise.allSettled(moving().map((one) => one.finished)), () => `still moving: ${named().join('; ')}`);
  await within(new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))), () => 'the window is not drawn');
  return null;
}

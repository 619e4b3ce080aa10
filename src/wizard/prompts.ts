/** The kinds of field on a real terminal, built on the hooks of @inquirer/core. */

import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  type KeypressEvent,
  useEffect,
  useKeypress,
  useState,
} from '@inquirer/core';
import type { Paint } from '../console/paint.ts';
import type { ChoiceField, MultiField, Page, Reply, TextField } from '../interview/prompter.ts';
import { kNone } from '../spec/choices.ts';
import { choicePage, textPage, type Window } from './layout.ts';

type Config<Field> = {
  readonly page: Page & { readonly field: Field };
  readonly paint: Paint;
  readonly output: NodeJS.WriteStream;
};

/** Draws the field until there is an answer; Ctrl-C rejects. */
type Field<Kind> = (
  config: Config<Kind>,
  context?: { readonly clearPromptOnDone?: boolean },
) => Promise<Reply>;

/** What each kind of field is drawn from; inquirer refers to the kinds by these names. */
export type Prompts = {
  readonly choice: Config<ChoiceField>;
  readonly multi: Config<MultiField>;
  readonly text: Config<TextField>;
};

const kClear = '\x1b[2J\x1b[H';
const kHideCursor = '\x1b[?25l';

export const choicePrompt: Field<ChoiceField> = createPrompt<Reply, Config<ChoiceField>>(
  (config, done) => {
    const { page, paint } = config;
    const { offers, initial } = page.field;
    const window = useWindow(config.output);
    const [active, setActive] = useState(() =>
      Math.max(
        0,
        offers.findIndex(({ value }) => value === initial),
      ),
    );
    useKeypress((key, line) => {
      line.clearLine(0);
      const offer = offers[active];
      const cursor = { active, count: offers.length, setActive, done };
      if (leads(key, cursor)) return;
      // A choice that is refused doesn't end the field: the reason is shown below the list.
      if (isEnterKey(key) && offer?.refused === null) done({ kind: 'answer', value: offer.value });
    });
    return choicePage(paint, page, active, window) + kHideCursor;
  },
);

export const multiPrompt: Field<MultiField> = createPrompt<Reply, Config<MultiField>>(
  (config, done) => {
    const { page, paint } = config;
    const { offers } = page.field;
    const window = useWindow(config.output);
    const [active, setActive] = useState(0);
    const [chosen, setChosen] = useState<readonly string[]>(page.field.chosen);
    useKeypress((key, line) => {
      line.clearLine(0);
      const offer = offers[active];
      const cursor = { active, count: offers.length, setActive, done };
      if (leads(key, cursor)) return;
      if (isEnterKey(key)) done({ kind: 'answer', value: chosen.join(',') || kNone });
      else if (isSpaceKey(key) && offer?.refused === null) setChosen(toggled(chosen, offer.value));
    });
    return choicePage(paint, page, active, window, chosen) + kHideCursor;
  },
);

function toggled(chosen: readonly string[], value: string): readonly string[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}

interface Cursor {
  readonly active: number;
  readonly count: number;
  readonly setActive: (at: number) => void;
  readonly done: (reply: Reply) => void;
}

/** Moves a list's cursor, or ends the field without an answer; false for any other key. */
function leads(key: KeypressEvent, { active, count, setActive, done }: Cursor): boolean {
  const target = targetOf(key, active, count);
  const ending = endingOf(key);
  if (target !== null) setActive(target);
  else if (ending !== null) done(ending);
  return target !== null || ending !== null;
}

/** The reply of a key that ends the field without an answer; null for any other key. */
function endingOf(key: KeypressEvent): Reply | null {
  if (key.name === 'escape') return { kind: 'back' };
  return key.ctrl && key.name === 'd' ? { kind: 'cancel' } : null;
}

/** The place to which a key moves the cursor; null if the key doesn't move it. */
function targetOf(key: KeypressEvent, active: number, count: number): number | null {
  if (isUpKey(key)) return (active - 1 + count) % count;
  if (isDownKey(key)) return (active + 1) % count;
  return jumpOf(key.name, active, count);
}

/** Less than what any window shows at once, so no item is skipped unseen. */
const kLeap = 5;

/** The same for keys that stop at the ends of the list, rather than wrapping around. */
function jumpOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'home':
      return 0;
    case 'end':
      return count - 1;
    case 'pageup':
      return Math.max(0, active - kLeap);
    case 'pagedown':
      return Math.min(count - 1, active + kLeap);
    default:
      return null;
  }
}

export const textPrompt: Field<TextField> = createPrompt<Reply, Config<TextField>>(
  (config, done) => {
    const { page, paint } = config;
    const { fallback, typed } = page.field;
    const window = useWindow(config.output);
    const [value, setValue] = useState(typed);
    useEffect((line) => line.write(typed), []);
    useKeypress((key, line) => {
      const ending = endingOf(key);
      if (ending !== null) done(ending);
      else if (isEnterKey(key)) done({ kind: 'answer', value: value.trim() || fallback });
      else setValue(line.line);
    });
    const [above, below] = textPage(paint, page, value, window);
    return [above, below];
  },
);

/**
 * The window's size. When it changes, the screen is cleared, because the old lines are in other
 * places.
 */
function useWindow(output: NodeJS.WriteStream): Window {
  const measure = (): Window => ({ columns: output.columns, rows: output.rows });
  const [window, setWindow] = useState(measure);
  useEffect(() => {
    const redraw = () => {
      output.write(kClear);
      setWindow(measure());
    };
    output.on('resize', redraw);
    return () => output.off('resize', redraw);
  }, []);
  return window;
}

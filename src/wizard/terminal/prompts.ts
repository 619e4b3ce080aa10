/** The two kinds of field on a real terminal, on the hooks of @inquirer/core. */

import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isUpKey,
  useEffect,
  useKeypress,
  useState,
} from '@inquirer/core';
import type { Paint } from '../../console/paint.ts';
import type { ChoiceField, Page, Reply, TextField } from '../prompter.ts';
import { choicePage, textPage, type Window } from './layout.ts';

type Config<Field> = {
  readonly page: Page & { readonly field: Field };
  readonly paint: Paint;
  readonly output: NodeJS.WriteStream;
};

/** Draws until it is answered; Ctrl-C rejects. */
type Field<Kind> = (
  config: Config<Kind>,
  context?: { readonly clearPromptOnDone?: boolean },
) => Promise<Reply>;

/** What each kind of field is drawn from, for inquirer, which calls them by these names. */
export type Prompts = {
  readonly choice: Config<ChoiceField>;
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
      const move = (by: number) => setActive((active + by + offers.length) % offers.length);
      const offer = offers[active];
      const target = jumpOf(key.name, active, offers.length);
      if (isUpKey(key)) move(-1);
      else if (isDownKey(key)) move(1);
      else if (target !== null) setActive(target);
      else if (key.name === 'escape') done({ kind: 'back' });
      else if (key.ctrl && key.name === 'd') done({ kind: 'cancel' });
      // A refused offer stays where it is: its reason stands below the list.
      else if (isEnterKey(key) && offer?.refused === null)
        done({ kind: 'answer', value: offer.value });
    });
    return choicePage(paint, page, active, window) + kHideCursor;
  },
);

/** Fewer than any window shows at once, so that nothing is passed over. */
const kLeap = 5;

/** Where a key leads that does not go round at the ends; null for any other. */
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
      if (key.name === 'escape') done({ kind: 'back' });
      else if (key.ctrl && key.name === 'd') done({ kind: 'cancel' });
      else if (isEnterKey(key)) done({ kind: 'answer', value: value.trim() || fallback });
      else setValue(line.line);
    });
    const [above, below] = textPage(paint, page, value, window);
    return [above, below];
  },
);

/** The size of the window; a change of it clears the screen, for its lines have moved. */
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

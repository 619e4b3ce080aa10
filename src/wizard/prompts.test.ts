import { EventEmitter } from 'node:events';
import { render } from '@inquirer/testing';
import { describe, expect, test } from 'vitest';
import { paintFor } from '../console/paint.ts';
import type { ChoiceField, MultiField, Page, TextField } from '../interview/prompter.ts';
import { choicePrompt, multiPrompt, textPrompt } from './prompts.ts';

const paint = paintFor(
  { env: { NO_COLOR: '1', LANG: 'C' } },
  { write: () => {}, terminal: false, columns: 80 },
);

function window(columns: number, rows: number): NodeJS.WriteStream {
  const stream = Object.assign(new EventEmitter(), { columns, rows, write: () => true });
  return stream as unknown as NodeJS.WriteStream;
}

function configOf<Field extends Page['field']>(field: Field, output = window(80, 24)) {
  const page: Page & { readonly field: Field } = {
    group: 'Architecture',
    position: { step: 1, steps: 2 },
    summary: [],
    title: 'Trigger',
    help: '',
    complaint: null,
    field,
    flow: () => null,
    last: false,
  };
  return { page, paint, output };
}

const offer = (value: string, refused: string | null = null) => ({
  value,
  label: value,
  tradeoff: '',
  refused,
});
const choices: ChoiceField = {
  kind: 'choice',
  initial: 'level',
  offers: [offer('edge'), offer('level'), offer('oneshot', 'it is never taken')],
};

describe('a page of choices', () => {
  test.each([
    ['Enter takes the one under the cursor', ['enter'], 'level'],
    ['Up moves', ['up', 'enter'], 'edge'],
    ['End goes to the last, Home to the first (U8)', ['end', 'home', 'enter'], 'edge'],
    ['Page Down goes as far as it can', ['pagedown', 'up', 'enter'], 'level'],
    ['Page Up likewise', ['end', 'pageup', 'enter'], 'edge'],
    ['Down goes from the last to the first', ['down', 'down', 'enter'], 'edge'],
  ])('%s', async (_, keys, value) => {
    const { answer, events } = await render(choicePrompt, configOf(choices));
    for (const key of keys) events.keypress(key);
    expect(await answer).toEqual({ kind: 'answer', value });
  });

  test('a refused offer says why and is not taken', async () => {
    const { answer, events, getScreen } = await render(choicePrompt, configOf(choices));
    events.keypress('down');
    events.keypress('enter');
    expect(getScreen()).toContain('Not possible: it is never taken.');
    events.keypress('escape');
    expect(await answer).toEqual({ kind: 'back' });
  });

  test('it is drawn again when the window changes', async () => {
    const output = window(80, 24);
    const { answer, events, getScreen } = await render(choicePrompt, configOf(choices, output));
    Object.assign(output, { columns: 30, rows: 8 });
    output.emit('resize');
    for (const line of getScreen().split('\n')) expect(line.length).toBeLessThan(30);
    events.keypress('enter');
    await answer;
    expect(output.listenerCount('resize')).toBe(0);
  });
});

describe('a page to type on', () => {
  const field: TextField = { kind: 'text', fallback: 'auto', typed: '' };

  test('Enter takes what is typed, without the blanks around it', async () => {
    const { answer, events } = await render(textPrompt, configOf(field));
    events.type(' 8 ');
    events.keypress('enter');
    expect(await answer).toEqual({ kind: 'answer', value: '8' });
  });

  test('Enter alone takes the default', async () => {
    const { answer, events } = await render(textPrompt, configOf(field));
    events.keypress('enter');
    expect(await answer).toEqual({ kind: 'answer', value: 'auto' });
  });

  // On an empty line readline stops by itself: test/cli/wizard.test.ts.
  test('Ctrl-D cancels', async () => {
    const { answer, events } = await render(textPrompt, configOf(field));
    events.type('8');
    events.keypress({ name: 'd', ctrl: true });
    expect(await answer).toEqual({ kind: 'cancel' });
  });

  test('the answer before Esc stands in it, to be edited', async () => {
    const { answer, events, getScreen } = await render(
      textPrompt,
      configOf({ ...field, typed: '1' }),
    );
    events.type('6');
    expect(getScreen()).toContain('> 16');
    events.keypress('enter');
    expect(await answer).toEqual({ kind: 'answer', value: '16' });
  });
});

describe('a page of a set', () => {
  const set: MultiField = { ...choices, kind: 'multi', chosen: ['level'] };

  test.each([
    ['Enter takes what is chosen', ['enter'], 'level'],
    ['Space chooses one more', ['space', 'enter'], 'level,edge'],
    ['Space takes one back', ['down', 'space', 'enter'], 'none'],
    ['Space chooses nothing that is refused', ['end', 'space', 'enter'], 'level'],
  ])('%s', async (_, keys, value) => {
    const { answer, events } = await render(multiPrompt, configOf(set));
    for (const key of keys) events.keypress(key);
    expect(await answer).toEqual({ kind: 'answer', value });
  });

  test('shows what is chosen, and how to choose', async () => {
    const { answer, events, getScreen } = await render(multiPrompt, configOf(set));
    events.keypress('space');
    expect(getScreen()).toMatch(/> \[x\] edge[\s\S]* {2}\[x\] level[\s\S]* {2}\[ \] oneshot/);
    expect(getScreen()).toContain('Space select');
    events.keypress('escape');
    expect(await answer).toEqual({ kind: 'back' });
  });
});

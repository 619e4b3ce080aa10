import { describe, expect, test } from 'vitest';
import { paintFor } from '../console/paint.ts';
import type { Page } from '../interview/prompter.ts';
import { choicePage, textPage } from './layout.ts';

const output = { write: () => {}, terminal: false, columns: 80 };
const plain = paintFor({ env: { NO_COLOR: '1', LANG: 'C' } }, output);
const rich = paintFor({ env: { NO_COLOR: '1', LANG: 'C.UTF-8' } }, output);

const kLong = 'It wins a great deal of one thing and pays for it dearly with quite another thing.';

const page: Page = {
  group: 'Architecture',
  position: { step: 5, steps: 9 },
  summary: ['my-server', 'C++20', 'HTTP/1.1 server'].map((value) => ({
    title: value,
    value,
    brief: value,
    origin: 'user',
  })),
  title: 'I/O model',
  help: `${kLong} ${kLong}`,
  complaint: null,
  field: {
    kind: 'choice',
    initial: 'b',
    offers: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((value) => ({
      value,
      label: `model ${value}`,
      tradeoff: kLong,
      refused: value === 'c' ? 'it never worked' : null,
    })),
  },
  flow: () =>
    (['wait', 'accept', 'read', 'process', 'write', 're-arm'] as const).map((step) => ({
      step,
      executor: 'a worker',
      call: `the call of ${step}`,
    })),
  last: false,
};

describe.each([
  [80, 24],
  [200, 60],
  [40, 12],
  [20, 8],
])('in a window of %i by %i', (columns, rows) => {
  const window = { columns, rows };

  test.each([0, 1, 2, 6])('a page of choices fits with the cursor on %i', (active) => {
    const lines = choicePage(plain, page, active, window).split('\n');
    expect(lines.length).toBeLessThan(rows);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
    expect(lines.join('\n')).toContain(`> model ${'abcdefg'[active]}`);
  });

  test('a page to type on fits, its own line last above the field', () => {
    const text: Page = { ...page, field: { kind: 'text', fallback: 'auto', typed: '' } };
    const [above, below] = textPage(plain, text, 'my', window);
    expect(`${above}\n${below}`.split('\n').length).toBeLessThan(rows);
    expect(above.split('\n').at(-1)).toBe('> my');
  });
});

test('80 by 24 shows the five steps, every choice, and the reason of a refused one', () => {
  const text = choicePage(rich, page, 2, { columns: 80, rows: 24 });
  expect(text).toContain('the call of re-arm');
  for (const name of 'abcdefg') expect(text).toContain(`model ${name}`);
  expect(text).toContain('Not possible: it never worked.');
});

test('80 by 24 keeps all around a long list, which scrolls (U7)', () => {
  const offers = Array.from({ length: 15 }, (_, at) => ({
    value: `v${at}`,
    label: `architecture ${at}`,
    tradeoff: kLong,
    said: `--preset v${at}`,
    refused: null,
  }));
  const long: Page = { ...page, field: { kind: 'choice', initial: 'v0', offers } };
  for (const active of [0, 7, 14]) {
    const text = choicePage(rich, long, active, { columns: 80, rows: 24 });
    expect(text.split('\n').length).toBeLessThan(24);
    expect(text).toContain('5 of 9');
    expect(text).toContain('my-server · C++20');
    for (const step of ['wait', 're-arm']) expect(text).toContain(`the call of ${step}`);
    expect(text).toContain('It wins a great deal');
    expect(text).toContain(`❯ architecture ${active}`);
    expect(text).toContain(`--preset v${active}: `);
    expect(text).toContain(`${active + 1} of 15   Up/Down move`);
  }
});

test('without UTF-8 every byte is ASCII', () => {
  const text = choicePage(plain, page, 0, { columns: 80, rows: 24 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  expect(text).toMatch(/^[\x00-\x7f]*$/);
});

test('the last page says which values nobody chose, and which a preset did', () => {
  const summary = (['user', 'preset', 'default'] as const).map((origin) => ({
    title: origin,
    value: 'v',
    brief: 'v',
    origin,
  }));
  const text = choicePage(plain, { ...page, summary, last: true }, 0, { columns: 80, rows: 60 });
  expect(text).toMatch(/user +v\n/);
  expect(text).toMatch(/preset +v \(preset\)\n/);
  expect(text).toMatch(/default +v \(default\)\n/);
});

test('a complaint stands on the page', () => {
  const text = choicePage(plain, { ...page, complaint: 'not so' }, 0, { columns: 80, rows: 24 });
  expect(text).toContain('! not so');
});

import { expect, test } from 'vitest';
import { findMoved } from './moves.ts';

const kText = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
const kSmall = '#pragma once\n\nnamespace a {\n\nvoid json();\n\n}  // namespace a\n';

function found(base: string, strays: Readonly<Record<string, string>>): string | undefined {
  const missing = [{ id: 'x', path: 'src/x.ts', base }];
  return findMoved(missing, new Map(Object.entries(strays))).get('x');
}

test.each([
  ['the same text', kText, { 'lib/y.ts': kText }, 'lib/y.ts'],
  ['a text that was edited', kText, { 'y.ts': `${kText}line six\n` }, 'y.ts'],
  ['the likest of two', kText, { 'a.ts': `${kText}line six\n`, 'b.ts': kText }, 'b.ts'],
  ['another text', kText, { 'y.ts': 'line one\nbut\nnothing\nelse\n' }, undefined],
  ['another kind of file', kText, { 'y.txt': kText }, undefined],
  ['a small one', kSmall, { 'y.ts': kSmall }, 'y.ts'],
  ['a small one with other line ends', kSmall, { 'y.ts': kSmall.replaceAll('\n', '\r\n') }, 'y.ts'],
  [
    'a small one much like it (P25)',
    kSmall,
    { 'y.ts': kSmall.replace('json', 'users') },
    undefined,
  ],
  ['a text that was renamed in its folder', kText, { 'src/y.ts': kText }, 'src/y.ts'],
  ['a text much like it beside it (P25)', kText, { 'src/y.ts': `${kText}line six\n` }, undefined],
  ['an empty file', '', { 'y.ts': '' }, undefined],
])('%s', (_, base, strays, expected) => {
  expect(found(base, strays)).toBe(expected);
});

test('each of many is found among thousands (P36)', () => {
  const kLines = Array.from({ length: 40 }, (_, index) => index);
  const textOf = (name: string) => kLines.map((at) => `${at % 2 ? name : 'all'} ${at}\n`).join('');
  const missing = Array.from({ length: 300 }, (_, at) => {
    return { id: `${at}`, path: `src/${at}.ts`, base: textOf(`m${at}`) };
  });
  const strangers = Array.from({ length: 8000 }, (_, at) => {
    return [`x/${at}.ts`, textOf(`s${at}`)] as const;
  });
  const moved = missing.map(({ id, base }) => [`y/${id}.ts`, `${base}more ${id}\n`] as const);
  const places = findMoved(missing, new Map([...strangers, ...moved]));
  expect([...places].toSorted()).toEqual(missing.map(({ id }) => [id, `y/${id}.ts`]).toSorted());
});

test('one stray is taken by one file only', () => {
  const missing = ['a', 'b'].map((id) => ({ id, path: `${id}.ts`, base: kText }));
  expect([...findMoved(missing, new Map([['c.ts', kText]])).values()]).toEqual(['c.ts']);
});

import { expect, test } from 'vitest';
import { findMoved } from './moves.ts';

const kText = ['one', 'two', 'three', 'four', 'five'].map((word) => `line ${word}\n`).join('');

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
  ['an empty file', '', { 'y.ts': '' }, undefined],
])('%s', (_, base, strays, expected) => {
  expect(found(base, strays)).toBe(expected);
});

test('one stray is taken by one file only', () => {
  const missing = ['a', 'b'].map((id) => ({ id, path: `${id}.ts`, base: kText }));
  expect([...findMoved(missing, new Map([['c.ts', kText]])).values()]).toEqual(['c.ts']);
});

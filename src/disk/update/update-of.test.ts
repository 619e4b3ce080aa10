import { expect, test } from 'vitest';
import type { Change } from '../../merge/change-set.ts';
import { sha256 } from '../../tree/hash.ts';
import { kStateVersion, type Written } from '../../tree/manifest.ts';
import type { Standing } from '../../tree/snapshot.ts';
import { updateOf } from './update-of.ts';

const kNothing: Written = {
  manifest: { version: kStateVersion, tool: '0', files: [] },
  bases: new Map(),
};

function change(path: string, more: Partial<Change>): Change {
  return { id: path, path, action: 'update', bytes: 0, mode: 0o644, because: [], ...more };
}

function plain(text: string): Standing {
  return { text, mode: 0o644, isPlain: true };
}

function updateFor(changes: readonly Change[], standing: Readonly<Record<string, Standing>>) {
  const found = new Map(Object.entries(standing));
  const update = updateOf({ changes, standing: found, before: kNothing, after: kNothing });
  const isSource = (path: string) => !path.startsWith('.hpserver/');
  return {
    writes: update.writes.map(({ path }) => path).filter(isSource),
    removals: update.removals,
    expected: [...update.expected].filter(([path]) => isSource(path)),
  };
}

test('each touched file is expected as it stood', () => {
  const changes = [
    change('a', { text: 'new' }),
    change('b', { action: 'create', text: 'new' }),
    change('c', { action: 'delete' }),
    change('d', { action: 'keep' }),
  ];
  const update = updateFor(changes, { a: plain('old'), c: plain('c'), d: plain('d') });
  expect(update.writes).toEqual(['a', 'b']);
  expect(update.removals).toEqual(['c']);
  expect(update.expected).toEqual([
    ['a', sha256('old')],
    ['b', null],
    ['c', sha256('c')],
  ]);
});

test('two files that change places are written, and neither is removed', () => {
  const changes = [change('a', { from: 'b', text: 'A' }), change('b', { from: 'a', text: 'B' })];
  const update = updateFor(changes, { a: plain('B'), b: plain('A') });
  expect(update.writes).toEqual(['a', 'b']);
  expect(update.removals).toEqual([]);
});

test('nothing is expected of what is no text', () => {
  const binary: Standing = { text: '', mode: 0o644, isPlain: false };
  expect(updateFor([change('a', { text: 'new' })], { a: binary }).expected).toEqual([]);
});

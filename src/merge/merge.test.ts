import { expect, test } from 'vitest';
import type { TreeFile } from '../tree/tree.ts';
import { merge } from './merge.ts';

function file(path: string, text: string): TreeFile {
  return { id: path, path, text, mode: 0o644, owner: 'merged', because: ['name'] };
}

test('each file is created, adopted where it stands already, or conflicts', () => {
  const tree = [file('a', 'ä'), file('b', 'same'), file('c', 'next')];
  const disk = new Map([
    ['b', 'same'],
    ['c', 'theirs!'],
  ]);
  const rest = { mode: 0o644, because: ['name'] };
  expect(merge(tree, disk)).toEqual([
    { path: 'a', action: 'create', bytes: 2, text: 'ä', ...rest },
    { path: 'b', action: 'adopt', bytes: 4, ...rest },
    { path: 'c', action: 'conflict', bytes: 7, ...rest },
  ]);
});

import { expect, test } from 'vitest';
import { kNoExtras, kSpecVersion, type Spec } from '../../spec/spec.ts';
import type { Tree, TreeFile } from '../../tree/tree.ts';
import type { Pack } from '../pack.ts';
import { unsteadyPaths } from './steadiness.ts';

const kSpec: Spec = { version: kSpecVersion, values: {}, ...kNoExtras };

function file(path: string, text: string): TreeFile {
  return { id: path, path, text, mode: 0o644, owner: 'merged', because: [] };
}

function packWith(rework: Pack['rework']): Pack {
  const assets = { read: () => '', list: () => [] };
  const pack = { name: 'p', version: '1.0.0', reference: null, generators: [], assets };
  return rework === undefined ? pack : { ...pack, rework };
}

test('a pack without code is steady, and so is one that makes the same of the same', async () => {
  expect(await unsteadyPaths(packWith(undefined), [], kSpec)).toEqual([]);
  const same = packWith(async (tree) => [...tree, file('b', 'b')]);
  expect(await unsteadyPaths(same, [file('a', 'a')], kSpec)).toEqual([]);
});

test('files that differ from run to run are named, and those that come and go', async () => {
  let run = 0;
  const pack = packWith(async (tree): Promise<Tree> => {
    run += 1;
    return [...tree, file('stamp', String(run)), file(`made-${run}`, '')];
  });
  expect(await unsteadyPaths(pack, [file('a', 'a')], kSpec)).toEqual(['made-1', 'made-2', 'stamp']);
});

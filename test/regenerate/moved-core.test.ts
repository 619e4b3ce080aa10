/** A project of 0.3.0, whose core was in two folders: its files follow, with their edits. */

import { describe, expect, test } from 'vitest';
import { kMovedCoreFiles } from '../../generators/core/moved.ts';
import type { Tree, TreeFile } from '../../src/tree/tree.ts';
import { applied, kEmpty, mergeInto, renderedTree, specOf, type World } from './world.ts';

const kBefore = new Map(Object.entries(kMovedCoreFiles).map(([old, present]) => [present, old]));

/** As that version named and placed it; other files unchanged. */
function asBefore(file: TreeFile): TreeFile {
  const id = kBefore.get(file.id);
  if (id === undefined) return file;
  const folder = file.path.slice(0, -file.id.length);
  return { ...file, id, path: `${folder}${id}` };
}

function isMoved({ id }: TreeFile): boolean {
  return kBefore.has(id);
}

function edited(world: World, tree: Tree): World {
  const disk = new Map(world.disk);
  for (const { path, text } of tree) disk.set(path, `// mine\n${text}`);
  return { ...world, disk };
}

describe.each(['cpp', 'typescript'])('in %s', (language) => {
  test('each file of the core moves with its edits, and the old places are empty', async () => {
    const tree = await renderedTree(specOf({ name: 'moved', language }));
    const moving = tree.filter(isMoved);
    expect(moving.length).toBeGreaterThan(100);
    const before = tree.map(asBefore);
    const world = applied(kEmpty, await mergeInto(kEmpty, before));
    const mine = edited(world, moving.map(asBefore));
    const merged = await mergeInto(mine, tree);
    expect(merged.changes.filter(({ action }) => action === 'conflict')).toEqual([]);
    const after = applied(mine, merged);
    for (const { path, text } of moving) expect(after.disk.get(path)).toBe(`// mine\n${text}`);
    const places = new Set(tree.map(({ path }) => path));
    expect([...after.disk.keys()].filter((path) => !places.has(path))).toEqual([]);
  });
});

test('no file of then and no place of now is named twice', () => {
  const present = Object.values(kMovedCoreFiles);
  expect(new Set(present).size).toBe(present.length);
});

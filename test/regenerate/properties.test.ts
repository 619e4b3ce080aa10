/** What must hold for every pair of specs and any user edits in between. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsoncFault } from '../../src/merge/content/json/json-tree.ts';
import { loadTypeScript, typeScriptFault } from '../../src/merge/content/typescript/typescript.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { after, type Deed, deed } from './edits.ts';
import {
  applied,
  conflicting,
  type Disk,
  kEmpty,
  mergeInto,
  renderedTree,
  specOf,
  type World,
  writesSomething,
} from './world.ts';

const kWishes = [
  { language: 'cpp' },
  { language: 'cpp', 'io.model': 'io_uring', 'concurrency.model': 'sharded' },
  { language: 'cpp', 'concurrency.model': 'half-sync-half-reactive', 'workers.size': 3 },
  { language: 'cpp', 'workers.kind': 'process' },
  { language: 'typescript' },
  { language: 'typescript', 'io.model': 'select', 'concurrency.model': 'leader-followers' },
  { language: 'typescript', 'io.model': 'io_uring', 'workers.kind': 'process' },
] as const;

const trees: readonly Tree[] = await Promise.all(
  kWishes.map((wish) => renderedTree(specOf({ name: 'my-server', ...wish }))),
);
const worlds: readonly World[] = await Promise.all(
  trees.map(async (tree) => applied(kEmpty, await mergeInto(kEmpty, tree))),
);

const typescript = await loadTypeScript();

function parses(path: string, text: string): boolean {
  if (path.endsWith('.json')) return jsoncFault(text) === null;
  return !path.endsWith('.ts') || typeScriptFault(typescript, path, text) === null;
}

const kRuns = 2_000;
const which = fc.nat(trees.length - 1);
const deeds = fc.array(deed, { minLength: 1, maxLength: 6 });

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no element ${index}`);
  return found;
}

/** One spec's project after its user has worked in it. */
function lived(from: number, done: readonly Deed[]): World {
  const world = at(worlds, from);
  // Edits only files that projects compose: otherwise nearly every edit would be to the copied
  // core.
  const composed = [...world.disk.keys()].filter((path) => !/^(core|native)\//.test(path));
  const all = [...world.disk.keys()];
  const disk = after(world.disk, done, [...composed, ...composed, ...composed, ...all]);
  return { ...world, disk };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/** The user's own lines, wherever they are. */
function ownLines(disk: Disk): readonly string[] {
  return [...disk.values()].flatMap((text) => linesOf(text).filter((line) => /own-\d/.test(line)));
}

test('regenerating an unchanged wish writes nothing, whatever the user did', async () => {
  await fc.assert(
    fc.asyncProperty(which, deeds, async (from, done) => {
      const world = lived(from, done);
      const merged = await mergeInto(world, at(trees, from));
      // The first run may record what the user has moved or deleted, but it changes no file.
      expect(applied(world, merged).disk).toEqual(world.disk);
      const noted = applied(world, merged);
      expect(writesSomething(noted, await mergeInto(noted, at(trees, from)))).toBe(false);
    }),
    { numRuns: kRuns / 4 },
  );
});

test('there and back again restores every byte', async () => {
  for (const [from, world] of worlds.entries()) {
    for (const tree of trees) {
      const there = applied(world, await mergeInto(world, tree));
      const back = applied(there, await mergeInto(there, at(trees, from)));
      expect(back.disk).toEqual(world.disk);
      expect(back.written).toEqual(world.written);
    }
  }
});

test('every line of the user survives, or its file is in conflict and untouched', async () => {
  await fc.assert(
    fc.asyncProperty(which, which, deeds, async (from, to, done) => {
      const world = lived(from, done);
      const merged = await mergeInto(world, at(trees, to));
      const next = applied(world, merged);
      for (const path of conflicting(merged.changes)) {
        expect(next.disk.get(path), path).toBe(world.disk.get(path));
      }
      const left = new Map<string, number>();
      for (const line of ownLines(next.disk)) left.set(line, (left.get(line) ?? 0) + 1);
      for (const line of ownLines(world.disk)) {
        expect(left.get(line) ?? 0, line).toBeGreaterThan(0);
        left.set(line, (left.get(line) ?? 0) - 1);
      }
    }),
    { numRuns: kRuns },
  );
});

test("what is not the wish's business is not touched", async () => {
  await fc.assert(
    fc.asyncProperty(which, which, deeds, async (from, to, done) => {
      const world = lived(from, done);
      const next = applied(world, await mergeInto(world, at(trees, to)));
      const planned = (tree: Tree) => new Map(tree.map((file) => [file.path, file.text]));
      const [before, wanted] = [planned(at(trees, from)), planned(at(trees, to))];
      for (const [path, text] of world.disk) {
        if (!before.has(path) || before.get(path) !== wanted.get(path)) continue;
        expect(next.disk.get(path), path).toBe(text);
      }
    }),
    { numRuns: kRuns / 4 },
  );
});

test('deleted files stay deleted, there and back again, while they are planned', async () => {
  await fc.assert(
    fc.asyncProperty(
      which,
      which,
      fc.array(fc.nat(10_000), { maxLength: 5 }),
      async (from, to, gone) => {
        const done = gone.map((file): Deed => ({ kind: 'delete', file }));
        const world = lived(from, done);
        const there = applied(world, await mergeInto(world, at(trees, to)));
        const back = applied(there, await mergeInto(there, at(trees, from)));
        const ids = new Set(at(trees, to).map(({ id }) => id));
        const paths = new Set(at(trees, to).map(({ path }) => path));
        const news = at(trees, from).filter(({ id, path }) => !ids.has(id) && !paths.has(path));
        const expected = new Set([...world.disk.keys(), ...news.map(({ path }) => path)]);
        expect([...back.disk.keys()].sort()).toEqual([...expected].sort());
      },
    ),
    { numRuns: kRuns / 4 },
  );
});

test('what was merged parses, if what the user had parsed', async () => {
  await fc.assert(
    fc.asyncProperty(which, which, deeds, async (from, to, done) => {
      const world = lived(from, done);
      const { changes } = await mergeInto(world, at(trees, to));
      for (const { action, path, from: place, text } of changes) {
        if (action !== 'merge' || text === undefined) continue;
        const before = world.disk.get(place ?? path) ?? '';
        if (parses(path, before)) expect(parses(path, text), path).toBe(true);
      }
    }),
    { numRuns: kRuns / 4 },
  );
});

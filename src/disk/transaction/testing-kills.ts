/** For tests: updates that die on their way, and what has to be true afterwards. */

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FileSystem } from '../file-system.ts';
import { recover } from '../recover.ts';
import { undo } from '../undo.ts';
import { updateProject } from '../update.ts';
import {
  file,
  harvest,
  Killed,
  killedAt,
  plant,
  type TestTree,
  updateBetween,
  watched,
} from './testing.ts';

/** What every scenario begins with. */
export const kOld: TestTree = {
  'README.md': file('# Old\n'),
  'run.sh': file('#!/bin/sh\n'),
  'src/main.ts': file('old main\n', 0o600),
  'src/net/epoll.ts': file(Buffer.from([0, 255, 10, 13])),
  'src/net/poller/a.ts': file('a\n'),
  docs: file('a file that becomes a folder\n'),
  '.hpserver/state.json': file('{"old": 1}\n'),
};

function without(...paths: readonly string[]): TestTree {
  return Object.fromEntries(Object.entries(kOld).filter(([path]) => !paths.includes(path)));
}

/** Each of the others at once. */
export const kAllChanged: TestTree = {
  'run.sh': file('#!/bin/sh\n', 0o755),
  'src/main.ts': file('new main\n', 0o600),
  'src/net/poller': file('one file\n'),
  'docs/a/index.md': file('# Docs\n'),
  '.hpserver/state.json': file('{"new": 2}\n'),
  '.hpserver/base/0123': file('base\n'),
};

/** Updates of it: what they do, and the tree that they lead to. */
export const kScenarios: readonly (readonly [string, TestTree])[] = [
  ['creates files', { ...kOld, 'src/new/deep/b.ts': file('b\n'), c: file('c\n', 0o755) }],
  ['changes files', { ...kOld, 'README.md': file('# New\n'), 'src/net/epoll.ts': file('text\n') }],
  ['removes files with their folders', without('src/net/poller/a.ts')],
  ['moves a file', { ...without('README.md'), 'docs.d/README.md': file('# Old\n') }],
  ['changes a mode', { ...kOld, 'run.sh': file('#!/bin/sh\n', 0o755) }],
  [
    'makes a file of a folder',
    { ...without('src/net/poller/a.ts'), 'src/net/poller': file('one file\n') },
  ],
  ['makes a folder of a file', { ...without('docs'), 'docs/a/index.md': file('# Docs\n') }],
  ['does all of it', kAllChanged],
];

/** Syncs nothing, kills nobody. */
export const kQuick: FileSystem = watched(() => {});

export function planted(world: string, tree: TestTree): string {
  const directory = mkdtempSync(join(world, 'project-'));
  plant(directory, tree);
  return directory;
}

/** A project as a run leaves it that dies before its nth call; null: it has ended before. */
export async function killedUpdate(
  world: string,
  [old, next]: readonly [old: TestTree, next: TestTree],
  nth: number,
): Promise<string | null> {
  const directory = planted(world, old);
  let isDead = false;
  const system = watched((call) => {
    isDead ||= call >= nth;
    if (isDead) throw new Killed();
  });
  await updateProject(directory, updateBetween(old, next), system).catch((thrown) => {
    if (!(thrown instanceof Killed)) throw thrown;
  });
  return isDead ? directory : null;
}

/** After the next start the tree is all-old or all-new; undo leads from there to all-old. */
export async function expectWhole(
  world: string,
  directory: string,
  [old, next]: readonly [old: TestTree, next: TestTree],
): Promise<void> {
  const recovery = await recover(directory, kQuick);
  const before = harvest(planted(world, old));
  const isNew = recovery.kind === 'completed' || existsSync(join(directory, '.hpserver/undo'));
  expect(harvest(directory)).toEqual(isNew ? harvest(planted(world, next)) : before);
  expect(await recover(directory)).toEqual({ kind: 'clean' });
  if (isNew) await undo(directory, { edited: 'refuse' }, kQuick);
  expect(harvest(directory)).toEqual(before);
}

/** Kills the update before each of its calls in turn, and the recovery of each before each. */
export async function killTwice(
  world: string,
  trees: readonly [old: TestTree, next: TestTree],
): Promise<number> {
  let points = 0;
  for (let nth = 1; ; nth++) {
    const directory = await killedUpdate(world, trees, nth);
    if (directory === null) return points;
    points += await killRecovery(world, directory, trees);
  }
}

async function killRecovery(
  world: string,
  directory: string,
  trees: readonly [old: TestTree, next: TestTree],
): Promise<number> {
  for (let nth = 1; ; nth++) {
    const copy = mkdtempSync(join(world, 'copy-'));
    cpSync(directory, copy, { recursive: true });
    const isDone = await recover(copy, killedAt(nth)).then(
      () => true,
      () => false,
    );
    await expectWhole(world, copy, trees);
    rmSync(copy, { recursive: true });
    if (isDone) return nth;
  }
}

/** For tests: updates that are killed halfway, and what must be true afterwards. */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FileSystem } from '../../file-system.ts';
import { recover } from '../../update/recover.ts';
import { undo } from '../../update/undo.ts';
import { updateProject } from '../../update/update.ts';
import { journalPath, originOf } from '../journal.ts';
import { Killed, killedAt, watched } from './faults.ts';
import { harvest, plant, type TestTree, updateBetween } from './trees.ts';

/** A file system that skips syncs, and never dies. */
export const kQuick: FileSystem = watched(() => {});

export function planted(world: string, tree: TestTree): string {
  const directory = mkdtempSync(join(world, 'project-'));
  plant(directory, tree);
  return directory;
}

/** A project as left by a run that dies before its nth call; null if it had already finished. */
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

/** After recovery the tree is all old or all new; if it is new, undo makes it all old. */
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

/**
 * Kills the update before each of its calls in turn, then kills each recovery before each of its
 * own calls, too.
 */
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

/** Makes a copied project's journal look as if it had been written in the copy. */
export function claim(copy: string): void {
  for (const stage of ['staged', 'committed', 'reverting'] as const) {
    const file = join(copy, journalPath(stage));
    if (!existsSync(file)) continue;
    const journal = readFileSync(file, 'utf8');
    writeFileSync(file, journal.replace(/"origin": "\w*"/, `"origin": "${originOf(copy)}"`));
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
    claim(copy);
    const isDone = await recover(copy, killedAt(nth)).then(
      () => true,
      () => false,
    );
    await expectWhole(world, copy, trees);
    rmSync(copy, { recursive: true });
    if (isDone) return nth;
  }
}

/**
 * The three ways in which a transaction ends: completed, taken back, or discarded before its
 * commit.
 */

import { join } from 'node:path';
import { kStateFolder } from '../../tree/manifest.ts';
import type { FileSystem } from '../file-system.ts';
import { guardPaths } from './guard.ts';
import {
  type Journal,
  journalPath,
  kTransaction,
  kUndo,
  stagedPath,
  unfinished,
} from './journal.ts';
import { backward, forward, removeIfEmpty, roll } from './roll.ts';

/** After the commit: puts everything in its place. Returns where obstacles were moved. */
export async function complete(
  directory: string,
  journal: Journal,
  system: FileSystem,
): Promise<readonly string[]> {
  const aside = await roll(directory, forward(journal), system);
  await keepForUndo(directory, system);
  return aside;
}

/** Turns the transaction, which includes the old bytes, into the new undo record. */
export async function keepForUndo(directory: string, system: FileSystem): Promise<void> {
  await system.remove(join(directory, kUndo));
  await system.rename(join(directory, kTransaction), join(directory, kUndo));
  await system.sync(join(directory, kStateFolder));
}

/**
 * After the commit, if the disk refuses to go on: puts everything back. Returns where obstacles
 * were moved.
 */
export async function takeBack(
  directory: string,
  journal: Journal,
  system: FileSystem,
): Promise<readonly string[]> {
  const [committed, reverting] = [journalPath('committed'), journalPath('reverting')];
  const stage = (await unfinished(directory))?.stage;
  if (stage === 'committed') {
    await system.rename(join(directory, committed), join(directory, reverting));
    await system.sync(join(directory, kTransaction));
  }
  const aside = await roll(directory, backward(journal), system);
  await discard(directory, journal, system);
  return aside;
}

/** Before the commit, or once everything is back: removes every trace of the transaction. */
export async function discard(
  directory: string,
  journal: Journal | null,
  system: FileSystem,
): Promise<void> {
  for (const [index, entry] of (journal?.entries ?? []).entries()) {
    if (entry.mount === null) continue;
    const staged = stagedPath(entry, index);
    guardPaths(directory, [staged]);
    await system.remove(join(directory, staged));
  }
  await system.remove(join(directory, kTransaction));
  await removeIfEmpty(join(directory, kStateFolder), system);
}

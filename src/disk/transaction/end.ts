/** The three ends of a transaction: it counts, it is taken back, or it never was. */

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

/** After the commit: everything into its place. The result: what was moved aside. */
export async function complete(
  directory: string,
  journal: Journal,
  system: FileSystem,
): Promise<readonly string[]> {
  const aside = await roll(directory, forward(journal), system);
  await keepForUndo(directory, system);
  return aside;
}

/** The transaction, with the bytes from before, becomes the undo record instead of the last one. */
export async function keepForUndo(directory: string, system: FileSystem): Promise<void> {
  await system.remove(join(directory, kUndo));
  await system.rename(join(directory, kTransaction), join(directory, kUndo));
  await system.sync(join(directory, kStateFolder));
}

/** After the commit, where the disk refuses: everything back to where it was. */
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

/** Before the commit, or once everything is back: nothing of the transaction stays. */
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

/**
 * Recovery from a killed run: its update is completed if it had been committed, otherwise
 * discarded.
 */

import { ExitCode, type Issue, UserError } from '../../error.ts';
import { asDiskError } from '../disk-error.ts';
import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import { ownedLike } from '../owner.ts';
import { complete, discard, takeBack } from '../transaction/end.ts';
import { guardPaths } from '../transaction/guard.ts';
import { type Journal, kTransaction, originOf, unfinished } from '../transaction/journal.ts';

export type Recovery =
  | { readonly kind: 'clean' }
  | {
      readonly kind: 'completed' | 'discarded';
      readonly title: string;
      /** How many files the update touches. */
      readonly files: number;
      /** Where files were moved that someone wrote, after the kill, to places the update needs. */
      readonly aside: readonly string[];
    };

/**
 * What a killed run has left behind, for callers that only read; null: nothing. Unlike `recover`,
 * needs no lock. Errors: `UserError` (failure) if the system refuses.
 */
export async function interruption(directory: string): Promise<Issue | null> {
  try {
    const found = await unfinished(directory);
    if (found === null || found.journal === null) return null;
    refuseForeign(directory, found.journal);
    return {
      at: kTransaction,
      message: `an update was interrupted (${found.journal.title}) and is incomplete`,
      fix: 'create-hpserver regenerate starts by completing it or rolling it back.',
    };
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.issues[0] ?? null;
    throw asDiskError(thrown, directory);
  }
}

/**
 * Completes or discards the update of a killed run. May itself be killed at any point, and
 * repeated. Requires the lock, since it would otherwise discard what a living run has staged.
 * Errors: `UserError` (failure) if the system refuses, or if the journal is damaged, a newer
 * version's, or from another folder.
 */
export async function recover(
  directory: string,
  given: FileSystem = kNodeFileSystem,
): Promise<Recovery> {
  try {
    guardPaths(directory, []);
    const system = ownedLike(directory, given);
    const found = await unfinished(directory);
    if (found === null) return { kind: 'clean' };
    if (found.journal !== null) refuseForeign(directory, found.journal);
    const { stage, journal } = found;
    if (stage === 'committed') {
      return recovery('completed', journal, await complete(directory, journal, system));
    }
    if (stage === 'reverting') {
      return recovery('discarded', journal, await takeBack(directory, journal, system));
    }
    await discard(directory, journal, system);
    return recovery('discarded', journal, []);
  } catch (thrown) {
    throw asDiskError(thrown, directory);
  }
}

/**
 * A journal is valid only in the folder in which it was written: in a clone, it isn't carried out.
 */
function refuseForeign(directory: string, { origin, title }: Journal): void {
  if (origin === originOf(directory)) return;
  const where = origin === null ? 'by an older version' : 'in another copy of this project';
  const issue: Issue = {
    at: kTransaction,
    message: `${kTransaction} contains an update (${title}) that was interrupted ${where}`,
    fix: `It is not applied here. Compare with your last commit, then remove ${kTransaction}.`,
  };
  throw new UserError(ExitCode.failure, [issue]);
}

function recovery(
  kind: 'completed' | 'discarded',
  journal: Journal | null,
  aside: readonly string[],
): Recovery {
  const title = journal?.title ?? 'one that had just begun';
  return { kind, title, files: journal?.entries.length ?? 0, aside };
}

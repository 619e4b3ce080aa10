/** After a killed run: its update is completed if it had committed, otherwise discarded. */

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
      /** Where bytes were moved that someone has since written at a place the update needs. */
      readonly aside: readonly string[];
    };

/**
 * What a killed run has left, for read-only callers; null: nothing. `recover` requires the lock.
 * Errors: `UserError` (failure) if the system refuses.
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
 * Deals with what a killed run left in the project. Idempotent: it may itself be killed anywhere.
 * Requires the lock: without it, it would discard what a living run has staged. Errors: `UserError`
 * (failure) if the system refuses, or the journal is damaged, a newer version's, or another
 * folder's.
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

/** A journal belongs to the folder it was written in: a clone's is not carried out. */
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
  const title = journal?.title ?? 'an update that had only begun';
  return { kind, title, files: journal?.entries.length ?? 0, aside };
}

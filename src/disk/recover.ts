/** After a run that was killed: its update is completed if it had committed, else discarded. */

import { asDiskError } from './disk-error.ts';
import { type FileSystem, kNodeFileSystem } from './file-system.ts';
import { complete, discard, takeBack } from './transaction/end.ts';
import { guardPaths } from './transaction/guard.ts';
import { type Journal, unfinished } from './transaction/journal.ts';

export type Recovery =
  | { readonly kind: 'clean' }
  | {
      readonly kind: 'completed' | 'discarded';
      readonly title: string;
      /** How many the update touches. */
      readonly files: number;
      /** Where bytes were moved that someone wrote since, at a place that the update needs. */
      readonly aside: readonly string[];
    };

/** True where a killed run has left something: `recover` wants the lock. */
export async function isInterrupted(directory: string): Promise<boolean> {
  return (await unfinished(directory)) !== null;
}

/**
 * What a killed run left in the project. Idempotent: it may itself be killed anywhere. Only for the
 * holder of the lock: it would discard what a living run has staged.
 * Errors: `UserError` (failure) where the system refuses, or the journal is damaged.
 */
export async function recover(
  directory: string,
  system: FileSystem = kNodeFileSystem,
): Promise<Recovery> {
  try {
    guardPaths(directory, []);
    const found = await unfinished(directory);
    if (found === null) return { kind: 'clean' };
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

function recovery(
  kind: 'completed' | 'discarded',
  journal: Journal | null,
  aside: readonly string[],
): Recovery {
  const title = journal?.title ?? 'an update that had only begun';
  return { kind, title, files: journal?.entries.length ?? 0, aside };
}

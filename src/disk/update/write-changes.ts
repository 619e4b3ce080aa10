/** Writes a change set to the disk: a project's first, or a later one. */

import { ExitCode, UserError } from '../../error.ts';
import type { ChangeSet } from '../../merge/change-set.ts';
import { kNothingWritten, stateFiles } from '../../tree/manifest.ts';
import type { Tree } from '../../tree/tree.ts';
import { withLock } from '../lock/lock.ts';
import { occupant } from '../survey/snapshot.ts';
import { updateProject } from './update.ts';
import { type Decided, updateOf } from './update-of.ts';
import { writeProject } from './write-project.ts';

/**
 * Writes a project for the first time. In an occupied folder this is an ordinary merge in which
 * nothing was written before. Returns where edits made during the write were saved. Errors:
 * `UserError`: conflicts if some are unresolved; those of `writeProject`, `withLock` and
 * `updateProject`.
 */
export async function writeFirst(
  directory: string,
  tree: Tree,
  decided: Omit<Decided, 'before'>,
): Promise<readonly string[]> {
  refuseConflicts(decided.changes);
  if ((await occupant(directory)) !== null) {
    const next = { ...decided, before: kNothingWritten };
    return withLock(directory, () => writeNext(directory, next, 'create'));
  }
  await writeProject(directory, [...tree, ...stateFiles(decided.after)]);
  return [];
}

/** Requires the lock. Result and errors are those of `writeFirst`. */
export async function writeNext(
  directory: string,
  decided: Decided,
  title: string,
): Promise<readonly string[]> {
  refuseConflicts(decided.changes);
  return (await updateProject(directory, { title, ...updateOf(decided) })).aside;
}

function refuseConflicts(changes: ChangeSet): void {
  const issues = changes.flatMap(({ path, conflict }) => {
    const fix = 'Nothing was written. Move it away, or resolve the conflict.';
    return conflict === undefined ? [] : [{ at: path, message: conflict.reason, fix }];
  });
  if (issues.length > 0) throw new UserError(ExitCode.conflicts, issues);
}

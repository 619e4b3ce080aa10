/** Conflicts, file by file: resolved as the command line says, or by asking. */

import type { Host } from '../../console/host.ts';
import { paintFor } from '../../console/paint.ts';
import { ExitCode, UserError } from '../../error.ts';
import type { Change, ChangeSet, Conflict } from '../../merge/change-set.ts';
import { markedPaths } from '../../merge/marked.ts';
import { type Resolution, resolutionsOf, settle } from '../../merge/settle.ts';
import type { Preview } from '../../project.ts';
import { kOnConflict } from '../create/flags/create-flags.ts';
import type { FlagValue } from '../flags.ts';

export type OnConflict = 'abort' | 'keep' | 'take' | 'markers';

/** Null if the command line does not say. Errors: `UserError` (usage) for any other word. */
export function onConflictOf(value: FlagValue | undefined): OnConflict | null {
  if (value === undefined) return null;
  if (kOnConflict.includes(String(value))) return value as OnConflict;
  const message = `--on-conflict does not accept "${value}"`;
  const fix = `Use --on-conflict ${kOnConflict.join('|')}.`;
  throw new UserError(ExitCode.usage, [{ at: '--on-conflict', message, fix }]);
}

export function conflictsIn(changes: ChangeSet): readonly Change[] {
  return changes.filter(({ conflict }) => conflict !== undefined);
}

/**
 * The changes, with their conflicts resolved. Errors: `UserError` (conflicts) if they may not or
 * cannot be resolved; (cancelled) for Ctrl-C.
 */
export async function withoutConflicts(
  host: Host,
  changes: ChangeSet,
  wanted: OnConflict | null,
): Promise<ChangeSet> {
  if (conflictsIn(changes).length === 0) return changes;
  const settled =
    wanted === null && host.interactive
      ? await asked(host, changes)
      : settle(changes, () => (wanted === 'abort' ? null : wanted));
  const left = conflictsIn(settled);
  if (left.length > 0) throw unsettled(left);
  return settled;
}

async function asked(host: Host, changes: ChangeSet): Promise<ChangeSet> {
  const { askAbout } = await import('./ask/ask-conflict.ts');
  const decided = new Map<Change, Resolution>();
  const open = conflictsIn(changes);
  let forAll: Resolution | null = null;
  for (const [at, change] of open.entries()) {
    if (forAll !== null && change.conflict !== undefined) {
      const isPossible = resolutionsOf(change.conflict).includes(forAll);
      decided.set(change, isPossible ? forAll : 'keep');
      continue;
    }
    const paint = paintFor(host, host.out);
    const reply = await askAbout(host, paint, change, { at: at + 1, of: open.length });
    decided.set(change, reply.resolution);
    if (reply.forAll) forAll = reply.resolution;
  }
  return settle(changes, (change) => decided.get(change) ?? null);
}

/** The files that will contain both sides once the changes are written. */
export function markedIn({ changes, standing, after }: Preview): readonly string[] {
  return markedPaths(changes, standing, after);
}

/** Says which files still contain both sides, and how to resolve them. */
export function tellMarked(host: Host, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const paint = paintFor(host, host.err);
  const lines = paths.map((path) => `  ${path}\n`).join('');
  host.err.write(`${paint.red('Conflict markers left in')}\n${lines}`);
  host.err.write(
    '  Edit these files until the markers are gone; create-hpserver check exits with 3 until ' +
      'then.\n',
  );
}

function unsettled(changes: readonly Change[]): UserError {
  const issues = changes.flatMap(({ path, conflict }) =>
    conflict === undefined ? [] : [{ at: path, message: conflict.reason, fix: wayOut(conflict) }],
  );
  return new UserError(ExitCode.conflicts, issues);
}

function wayOut(conflict: Conflict): string {
  const ways = resolutionsOf(conflict);
  if (ways.length === 1)
    return 'It cannot be overwritten: move it away, or use --on-conflict keep.';
  return `See both versions with --dry-run --diff, then use --on-conflict ${ways.join('|')}.`;
}

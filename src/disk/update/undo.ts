/** Undoes the last update with the old bytes that it has kept. */

import { join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { asDiskError } from '../disk-error.ts';
import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import type { Wish } from '../transaction/inspect.ts';
import { type Entry, type Journal, kUndo, lastUpdate, savedPath } from '../transaction/journal.ts';
import { hashOf, lookAt, type Occupant } from '../transaction/place.ts';
import { type Outcome, runTransaction } from '../transaction/run.ts';
import { recover } from './recover.ts';

/** What happens to files edited since the update. */
export type OnEdited = 'refuse' | 'keep' | 'overwrite';

export interface UndoneFile {
  readonly path: string;
  readonly action: 'restore' | 'remove' | 'bring-back' | 'keep';
  /** Changed by the user since the update. */
  readonly edited: boolean;
}

export interface UndoPlan {
  readonly title: string;
  /** When the update was made: ISO 8601. */
  readonly when: string;
  /** Includes files of the state folder. */
  readonly files: readonly UndoneFile[];
}

/**
 * What undo would do; null if there is nothing to undo. Errors: `UserError` (failure) if the system
 * refuses, or the record is damaged.
 */
export async function undoPlan(
  directory: string,
  { edited }: { readonly edited: OnEdited } = { edited: 'refuse' },
): Promise<UndoPlan | null> {
  const last = await readLast(directory);
  if (last === null) return null;
  const { title, when } = last.journal;
  return { title, when, files: last.files.map((file) => undoneFile(file, edited)) };
}

/**
 * Restores the last update's files byte for byte, with their modes and the state. Undo is itself an
 * update, and can be undone. Requires the lock. Errors: `UserError`: conflicts, with `refuse`, if
 * files were edited since; failure if there is nothing to undo, or a kept copy is damaged; those of
 * `updateProject`.
 */
export async function undo(
  directory: string,
  { edited }: { readonly edited: OnEdited },
  system: FileSystem = kNodeFileSystem,
): Promise<Outcome> {
  // Recovers first: if a killed run had committed its update, that is the last update.
  await recover(directory, system);
  const last = await readLast(directory);
  if (last === null) throw nothingToUndo(directory);
  const { journal, files } = last;
  const editedFiles = files.filter(isEdited);
  if (edited === 'refuse' && editedFiles.length > 0) {
    throw new UserError(ExitCode.conflicts, editedFiles.map(editedSince));
  }
  const meant = files.filter((file) => !isKept(file, edited));
  return runTransaction(directory, oppositeOf(journal.title), meant.map(wishOf), system);
}

interface Undoable {
  readonly entry: Entry;
  readonly saved: Occupant | null;
  readonly present: Occupant | null;
}

interface LastUpdate {
  readonly journal: Journal;
  readonly files: readonly Undoable[];
}

/** Null if there has been no update, or if all its files are as they were before it. */
async function readLast(directory: string): Promise<LastUpdate | null> {
  try {
    const journal = await lastUpdate(directory);
    const files = journal === null ? [] : undoables(directory, journal);
    return journal === null || files.length === 0 ? null : { journal, files };
  } catch (thrown) {
    throw asDiskError(thrown, directory);
  }
}

/** The files that differ from their state before the update. */
function undoables(directory: string, { entries }: Journal): readonly Undoable[] {
  const found: Undoable[] = [];
  for (const [index, entry] of entries.entries()) {
    const saved = entry.old === null ? null : savedCopy(directory, entry, index);
    const present = lookAt(join(directory, entry.path));
    const isBack = hashOf(present) === entry.old && modeOf(present) === modeOf(saved);
    if (!isBack) found.push({ entry, saved, present });
  }
  return found;
}

function savedCopy(directory: string, { path, old }: Entry, index: number): Occupant {
  const copy = savedPath(index, kUndo);
  const place = lookAt(join(directory, copy));
  if (place !== null && hashOf(place) === old) return place;
  const message = `${copy}, the earlier copy of ${path}, is damaged`;
  const fix = 'Restore the project from your last commit.';
  throw new UserError(ExitCode.failure, [{ at: copy, message, fix }]);
}

function modeOf(place: Occupant | null): number | null {
  return place?.kind === 'file' ? place.mode : null;
}

function undoneFile(file: Undoable, edited: OnEdited): UndoneFile {
  const { path, old, next } = file.entry;
  const undone = old === null ? 'remove' : next === null ? 'bring-back' : 'restore';
  const action = isKept(file, edited) ? 'keep' : undone;
  return { path, action, edited: isEdited(file) };
}

function isKept(file: Undoable, edited: OnEdited): boolean {
  return edited === 'keep' && isEdited(file) && !isState(file);
}

function isEdited({ entry, present }: Undoable): boolean {
  return hashOf(present) !== entry.next;
}

/**
 * State files must describe the resulting tree, so they are restored even if other files are kept.
 */
function isState({ entry }: Undoable): boolean {
  return entry.path.startsWith(`${kStateFolder}/`);
}

function wishOf({ entry, saved, present }: Undoable): Wish {
  const file = saved?.kind === 'file' ? saved : null;
  const mode = () => file?.mode ?? 0;
  const owner = file === null ? {} : { owner: file.owner };
  return {
    path: entry.path,
    expected: hashOf(present),
    content: file?.bytes ?? null,
    mode,
    ...owner,
  };
}

const kUndoOf = 'undo of ';

/** Undoing an undo means redoing it. */
function oppositeOf(title: string): string {
  return title.startsWith(kUndoOf) ? title.slice(kUndoOf.length) : kUndoOf + title;
}

function editedSince({ entry }: Undoable): Issue {
  const message = `${entry.path} was edited after the update`;
  const fix = 'Use --edited keep to leave it as it is, or --edited overwrite to revert it too.';
  return { at: entry.path, message, fix };
}

function nothingToUndo(directory: string): UserError {
  const issue = {
    at: directory,
    message: 'there is nothing to undo: there was no update, or everything is already as before',
    fix: 'Look for older states in your version control.',
  };
  return new UserError(ExitCode.failure, [issue]);
}

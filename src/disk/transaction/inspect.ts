/** Compares what is wanted with what is on the disk: what is left to do, and what is in the way. */

import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { sha256 } from '../../tree/hash.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { foldersOf } from '../borders.ts';
import { isAbsence } from '../disk-error.ts';
import type { Owner } from '../file-system.ts';
import { guardPaths } from './guard.ts';
import type { Entry } from './journal.ts';
import { hashOf, lookAt, type Occupant } from './place.ts';

/** The state that one file is to get. */
export interface Wish {
  readonly path: string;
  /**
   * sha256 of the bytes that were there when this was requested; null: there was no file;
   * undefined: any content.
   */
  readonly expected: string | null | undefined;
  /** Null: the file is to be deleted. */
  readonly content: string | Uint8Array | null;
  /** The exact mode, given the present file's; null: there is none. */
  readonly mode: (present: number | null) => number;
  /** For a file that does not exist; absent: the user who writes it. */
  readonly owner?: Owner;
}

/** A request that changes something. */
export interface Step {
  readonly entry: Entry;
  readonly content: string | Uint8Array | null;
  readonly mode: number;
  /** Null: the user who writes it. */
  readonly owner: Owner | null;
  readonly before: Extract<Occupant, { kind: 'file' }> | null;
}

/**
 * Drops requests that are already met. Errors: `UserError`: conflicts for a file with unexpected
 * content, or for anything else where a file or folder is needed; failure for a path that leaves
 * the project.
 */
export function inspect(directory: string, wishes: readonly Wish[]): readonly Step[] {
  const paths = wishes.map(({ path }) => path);
  if (new Set(paths).size < paths.length) throw new Error('an update names a path twice');
  guardPaths(directory, paths);
  const leaving = new Set(wishes.filter(({ content }) => content === null).map(pathOf));
  const steps: Step[] = [];
  const issues: Issue[] = [];
  for (const wish of wishes) {
    const place = lookAt(join(directory, wish.path));
    const issue = obstacle(directory, wish, place, leaving);
    if (issue !== null) issues.push(issue);
    else steps.push(...stepOf(directory, wish, place));
  }
  if (issues.length > 0) throw new UserError(ExitCode.conflicts, issues);
  return steps;
}

function pathOf({ path }: Wish): string {
  return path;
}

/** Errors: `UserError` (conflicts) if a file no longer has the content the steps start from. */
export function refuseChanged(directory: string, steps: readonly Step[]): void {
  const issues: Issue[] = [];
  for (const { entry } of steps) {
    const hash = hashOf(lookAt(join(directory, entry.path)));
    if (hash !== entry.old) issues.push(changed(entry.path));
  }
  if (issues.length > 0) throw new UserError(ExitCode.conflicts, issues);
}

function stepOf(directory: string, wish: Wish, place: Occupant | null): readonly Step[] {
  const before = place?.kind === 'file' ? place : null;
  const { path, content } = wish;
  const mode = wish.mode(before?.mode ?? null);
  const next = content === null ? null : sha256(content);
  const old = hashOf(before);
  if (next === old && (next === null || mode === before?.mode)) return [];
  const mount = foreignFolder(directory, path);
  const owner = before?.owner ?? wish.owner ?? null;
  return [{ entry: { path, old, next, mount }, content, mode, owner, before }];
}

function obstacle(
  directory: string,
  { path, expected, content }: Wish,
  place: Occupant | null,
  leaving: ReadonlySet<string>,
): Issue | null {
  if (place?.kind === 'other') return inTheWay(path, 'is a symbolic link, a device, or too large');
  if (expected !== undefined && hashOf(place) !== expected) return changed(path);
  if (content === null) return null;
  if (place?.kind === 'folder') {
    const stays = firstToStay(directory, path, leaving);
    return stays === null ? null : inTheWay(path, `is a folder that contains ${stays}`);
  }
  for (const folder of foldersOf(path)) {
    const isFile = lookAt(join(directory, folder))?.kind === 'file';
    if (isFile && !leaving.has(folder))
      return inTheWay(folder, `is not a folder, but ${path} needs one`);
  }
  return null;
}

/** The first thing below a folder that keeps it from being replaced by a file. */
function firstToStay(
  directory: string,
  folder: string,
  leaving: ReadonlySet<string>,
): string | null {
  const above = new Set([...leaving].flatMap(foldersOf));
  for (const entry of readdirSync(join(directory, folder), { recursive: true })) {
    const path = `${folder}/${entry}`;
    if (!leaving.has(path) && !above.has(path)) return path;
  }
  return null;
}

function changed(path: string): Issue {
  const message = `${path} changed in the meantime`;
  return { at: path, message, fix: 'Nothing was written. Run it again to use the new content.' };
}

function inTheWay(path: string, what: string): Issue {
  const fix = 'Nothing was written. Move it away, then run it again.';
  return { at: path, message: `${path} ${what}`, fix };
}

/**
 * The nearest existing folder above the path, if its file system isn't the transaction's. The new
 * file waits in that folder, so a rename can put it in place. Errors: those of access(2) if the
 * folder isn't writable.
 */
function foreignFolder(directory: string, path: string): string | null {
  const nearest = nearestFolder(directory, path);
  accessSync(join(directory, nearest), constants.W_OK | constants.X_OK);
  const state = nearestFolder(directory, `${kStateFolder}/txn`);
  const isSame = deviceOf(join(directory, nearest)) === deviceOf(join(directory, state));
  return isSame ? null : nearest;
}

function nearestFolder(directory: string, path: string): string {
  const isFolder = (folder: string) => isFolderAt(join(directory, folder));
  return [...foldersOf(path)].reverse().find(isFolder) ?? '';
}

function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (thrown) {
    if (isAbsence(thrown)) return false;
    throw thrown;
  }
}

function deviceOf(folder: string): number {
  return statSync(folder).dev;
}

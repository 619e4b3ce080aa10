/** What stands on the disk, read once before anything is decided. */

import { lstatSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../error.ts';
import type { Snapshot, Standing } from '../tree/snapshot.ts';
import { asDiskError, errorCode } from './disk-error.ts';

/** What stands at each of the paths that are occupied. */
export function snapshot(directory: string, paths: Iterable<string>): Snapshot {
  const found = new Map<string, Standing>();
  for (const path of new Set(paths)) {
    const standing = standingAt(join(directory, path));
    if (standing !== null) found.set(path, standing);
  }
  return found;
}

// Small files, hundreds of them: the way to the thread pool and back costs more than the read.
function standingAt(file: string): Standing | null {
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return null;
    const mode = status.mode & 0o7777;
    if (!status.isFile()) return { text: '', mode, isPlain: false };
    const bytes = readFileSync(file);
    const text = bytes.toString('utf8');
    const isPlain = Buffer.byteLength(text) === bytes.length && Buffer.from(text).equals(bytes);
    return { text: isPlain ? text : '', mode, isPlain };
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw asDiskError(thrown, file);
  }
}

/** Why a new project cannot be written there: the directory holds something. Null: it can. */
export async function occupant(directory: string): Promise<Issue | null> {
  const entries = (await entriesOf(directory)) ?? [];
  const [first] = entries.filter((entry) => entry !== '.git').sort();
  if (first === undefined) return null;
  return {
    at: directory,
    message: `${directory} is not empty: it holds ${first}`,
    fix: 'Choose a new name, or an empty directory.',
  };
}

/** Errors: `UserError` (usage) where the directory holds something. */
export async function refuseOccupied(directory: string): Promise<void> {
  const issue = await occupant(directory);
  if (issue !== null) throw new UserError(ExitCode.usage, [issue]);
}

/** The names in the directory; null where there is none. */
export async function entriesOf(directory: string): Promise<readonly string[] | null> {
  try {
    return await readdir(directory);
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null;
    throw asDiskError(thrown, directory);
  }
}

/** What stands on the disk, read once before anything is decided. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../error.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import { asDiskError, errorCode } from './disk-error.ts';

/**
 * The texts of those of the paths that exist; a folder in a file's place reads as an empty text.
 */
export async function snapshot(directory: string, paths: readonly string[]): Promise<Snapshot> {
  const texts = new Map<string, string>();
  if ((await entriesOf(directory)) === null) return texts;
  for (const path of paths) {
    const text = await textOf(join(directory, path));
    if (text !== null) texts.set(path, text);
  }
  return texts;
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

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'EISDIR') return '';
    throw asDiskError(thrown, file);
  }
}

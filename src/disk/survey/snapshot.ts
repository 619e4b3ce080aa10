/** What is on the disk, read once before anything is decided. */

import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import type { Snapshot, Standing } from '../../tree/snapshot.ts';
import { bordersOf } from '../borders.ts';
import { asDiskError, errorCode, isAbsence } from '../disk-error.ts';
import { kMaxFileBytes } from '../file-system.ts';

/**
 * What is at each occupied path. Paths in other projects below this one, or behind a symbolic link
 * leading out of it, count as occupied and are not examined.
 */
export function snapshot(directory: string, paths: Iterable<string>): Snapshot {
  const found = new Map<string, Standing>();
  if (!existsSync(directory)) return found;
  const borderOf = bordersOf(directory);
  for (const path of new Set(paths)) {
    const border = borderOf(path);
    const standing =
      border === null
        ? standingAt(join(directory, path))
        : notPlain(0, `${border.folder} ${border.fault}`);
    if (standing !== null) found.set(path, standing);
  }
  return found;
}

function notPlain(mode: number, why: string): Standing {
  return { text: '', mode, isPlain: false, why };
}

const kTooLarge = `it is larger than ${kMaxFileBytes >> 20} MiB`;

// There are hundreds of small files: the round trip to the thread pool costs more than each read.
function standingAt(file: string): Standing | null {
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return null;
    const mode = status.mode & 0o7777;
    if (!status.isFile()) return { text: '', mode, isPlain: false };
    if (status.size > kMaxFileBytes) return notPlain(mode, kTooLarge);
    const bytes = readFileSync(file);
    const isPlain = isUtf8(bytes);
    const linked = status.nlink > 1 ? ({ isLinked: true } as const) : {};
    return { text: isPlain ? bytes.toString('utf8') : '', mode, isPlain, ...linked };
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    if (errorCode(thrown) === 'EACCES') return notPlain(0, 'it cannot be read');
    throw asDiskError(thrown, file);
  }
}

/** Why a new project can't be written there: the directory isn't empty. Null if it can. */
export async function occupant(directory: string): Promise<Issue | null> {
  const entries = (await entriesOf(directory)) ?? [];
  const [first] = entries.filter((entry) => entry !== '.git').sort();
  if (first === undefined) return null;
  return {
    at: directory,
    message: `${directory} is not empty: it contains ${first}`,
    fix: 'Choose a new name, or an empty directory.',
  };
}

/** Errors: `UserError` (usage) if the directory isn't empty. */
export async function refuseOccupied(directory: string): Promise<void> {
  const issue = await occupant(directory);
  if (issue !== null) throw new UserError(ExitCode.usage, [issue]);
}

/** The names in the directory; null if there is no directory. */
export async function entriesOf(directory: string): Promise<readonly string[] | null> {
  try {
    return await readdir(directory);
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null;
    throw asDiskError(thrown, directory);
  }
}

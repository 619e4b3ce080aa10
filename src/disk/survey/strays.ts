/**
 * Files in the project that no generator knows. A file that is missing elsewhere may be one of
 * them.
 */

import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathFault } from '../../plan/safe-path.ts';
import { isForeign } from '../borders.ts';
import { errorCode, isAbsence } from '../disk-error.ts';
import { ignoredIn } from './ignored.ts';

/** Built or installed files, or someone else's: users don't move sources there. */
const kSkipped = new Set(['node_modules', 'build', 'dist', 'coverage', '.git', '.hpserver']);

/** The search ends after this many files. */
const kMaxFiles = 10_000;

/**
 * Paths below the directory, sorted, except those that are known, ignored by git, or part of
 * another project.
 */
export function strayPaths(directory: string, known: ReadonlySet<string>): readonly string[] {
  const isIgnored = ignoredIn(realpathSync(directory));
  const found: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = entriesIn(join(directory, folder));
    if (folder !== '' && isForeign(entries.map(({ name }) => name))) continue;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory() && !kSkipped.has(entry.name);
      const isStray = entry.isFile() && !known.has(path);
      if (!(isFolder || isStray) || isIgnored(path, isFolder)) continue;
      if (isFolder) waiting.push(path);
      else found.push(path);
    }
    if (found.length > kMaxFiles) break;
  }
  return found.slice(0, kMaxFiles).sort();
}

const kMaxBytes = 1 << 20;

export interface Strays {
  readonly texts: ReadonlyMap<string, string>;
  /** Unreadable files: their contents stay unknown. */
  readonly unread: readonly string[];
}

/** Their texts, except files that are too large, or have names we never write. */
export function strayTexts(directory: string, known: ReadonlySet<string>): Strays {
  const texts = new Map<string, string>();
  const unread: string[] = [];
  for (const path of strayPaths(directory, known)) {
    if (pathFault(path) !== null) continue;
    const text = textAt(join(directory, path));
    if (text === null) unread.push(path);
    else if (text !== '') texts.set(path, text);
  }
  return { texts, unread };
}

/** Null if the file can't be read; empty if it is too large, or no longer exists. */
function textAt(file: string): string | null {
  try {
    const { size } = lstatSync(file);
    return size > kMaxBytes ? '' : readFileSync(file, 'utf8');
  } catch (thrown) {
    if (errorCode(thrown) === null) throw thrown;
    return isAbsence(thrown) ? '' : null;
  }
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    // The folder can't be read, or no longer exists: none of our files can be found in it.
    if (errorCode(thrown) !== null) return [];
    throw thrown;
  }
}

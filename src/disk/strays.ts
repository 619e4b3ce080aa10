/** The project's files that no generator knows: where a file that is missing may have gone. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './disk-error.ts';

/** Built, installed, or somebody else's: no source is moved there. */
const kSkipped = new Set(['node_modules', 'build', 'dist', 'coverage', '.git', '.hpserver']);

/** A project with more files than this is searched no further. */
const kMaxFiles = 10_000;

/** Paths below the directory, sorted, without those that are known. */
export function strayPaths(directory: string, known: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of entriesIn(join(directory, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !kSkipped.has(entry.name)) waiting.push(path);
      else if (entry.isFile() && !known.has(path)) found.push(path);
    }
    if (found.length > kMaxFiles) break;
  }
  return found.slice(0, kMaxFiles).sort();
}

const kMaxBytes = 1 << 20;

/** Their texts; what is too large to be one of ours is left out. */
export function strayTexts(
  directory: string,
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const texts = strayPaths(directory, known).flatMap((path) => {
    const file = join(directory, path);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? kMaxBytes + 1;
    return size > kMaxBytes ? [] : [[path, readFileSync(file, 'utf8')] as const];
  });
  return new Map(texts);
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    // A folder that may not be read, or is gone: nothing of ours can be found in it.
    if (errorCode(thrown) !== null) return [];
    throw thrown;
  }
}

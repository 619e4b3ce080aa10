/** Reads, once, everything that a merge must know about the project's folder. */

import type { Issue } from '../../error.ts';
import type { MergeInput } from '../../merge/merge.ts';
import { findMoved } from '../../merge/moves.ts';
import { missingOf, pathsOf } from '../../merge/place.ts';
import { sha256 } from '../../tree/hash.ts';
import { basePath, kStateRecords, type Written } from '../../tree/manifest.ts';
import type { Tree } from '../../tree/tree.ts';
import { readRecord } from '../record/state.ts';
import { snapshot } from './snapshot.ts';
import { strayTexts } from './strays.ts';

interface Survey extends Pick<MergeInput, 'written' | 'standing' | 'moved'> {
  /** What could not be examined. */
  readonly warnings: readonly Issue[];
}

/** Paths where bases will be stored. After a merge of branches, or damage, they may be occupied. */
function newBases(written: Written | null, tree: Tree): readonly string[] {
  const hashes = tree.map(({ text }) => sha256(text));
  const isNew = (hash: string) => written?.bases.has(hash) !== true;
  return [...hashes.filter(isNew), ...(written?.misplaced ?? [])].map(basePath);
}

function unreadable(path: string): Issue {
  const message = `cannot read ${path}, so missing files are not searched for there`;
  return { at: path, message, fix: 'Change its mode or owner if you moved a file there.' };
}

/** Files that no generator knows are read only if one of the generated files is missing. */
export function survey(
  directory: string,
  tree: Tree,
  written: Written | null = readRecord(directory)?.written ?? null,
): Survey {
  const paths = [...pathsOf(written, tree), ...kStateRecords, ...newBases(written, tree)];
  const standing = snapshot(directory, paths);
  const missing = missingOf(written, standing);
  if (missing.length === 0) return { written, standing, moved: new Map(), warnings: [] };
  const { texts, unread } = strayTexts(directory, new Set(paths));
  const moved = findMoved(missing, texts);
  const found = snapshot(directory, [...paths, ...moved.values()]);
  return { written, standing: found, moved, warnings: unread.map(unreadable) };
}

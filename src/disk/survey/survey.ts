/** Everything a merge has to know about a project's folder, read once. */

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
  /** What could not be looked at. */
  readonly warnings: readonly Issue[];
}

/** A base's path may be occupied already: branches are merged, and records damaged. */
function newBases(written: Written | null, tree: Tree): readonly string[] {
  const hashes = tree.map(({ text }) => sha256(text));
  const isNew = (hash: string) => written?.bases.has(hash) !== true;
  return [...hashes.filter(isNew), ...(written?.misplaced ?? [])].map(basePath);
}

function unreadable(path: string): Issue {
  const message = `cannot read ${path}, so missing files are not searched for there`;
  return { at: path, message, fix: 'Change its mode or owner if you moved a file there.' };
}

/** The rest of the project is searched only if a file is missing. */
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

/** Everything about a project's folder that a merge has to know, read once. */

import type { MergeInput } from '../merge/merge.ts';
import { findMoved } from '../merge/moves.ts';
import { missingOf, pathsOf } from '../merge/place.ts';
import { sha256 } from '../tree/hash.ts';
import { basePath, kStateRecords, type Written } from '../tree/manifest.ts';
import type { Tree } from '../tree/tree.ts';
import { snapshot } from './snapshot.ts';
import { readRecord } from './state.ts';
import { strayTexts } from './strays.ts';

type Survey = Pick<MergeInput, 'written' | 'standing' | 'moved'>;

/** Something may stand where a base is written: branches are merged, and records damaged. */
function newBases(written: Written | null, tree: Tree): readonly string[] {
  const hashes = tree.map(({ text }) => sha256(text));
  const isNew = (hash: string) => written?.bases.has(hash) !== true;
  return [...hashes.filter(isNew), ...(written?.misplaced ?? [])].map(basePath);
}

/** Only where a file is missing the rest of the project is searched for it. */
export function survey(
  directory: string,
  tree: Tree,
  written: Written | null = readRecord(directory)?.written ?? null,
): Survey {
  const paths = [...pathsOf(written, tree), ...kStateRecords, ...newBases(written, tree)];
  const standing = snapshot(directory, paths);
  const missing = missingOf(written, standing);
  if (missing.length === 0) return { written, standing, moved: new Map() };
  const moved = findMoved(missing, strayTexts(directory, new Set(paths)));
  return { written, standing: snapshot(directory, [...paths, ...moved.values()]), moved };
}

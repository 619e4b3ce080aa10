/** Everything about a project's folder that a merge has to know, read once. */

import type { MergeInput } from '../merge/merge.ts';
import { findMoved } from '../merge/moves.ts';
import { missingOf, pathsOf } from '../merge/place.ts';
import { sha256 } from '../tree/hash.ts';
import { basePath, kStateRecords, type Written } from '../tree/manifest.ts';
import type { Tree } from '../tree/tree.ts';
import { snapshot } from './snapshot.ts';
import { readWritten } from './state.ts';
import { strayTexts } from './strays.ts';

type Survey = Pick<MergeInput, 'written' | 'standing' | 'moved'>;

/** A base that is new to the manifest may stand there all the same: branches are merged. */
function newBases(written: Written | null, tree: Tree): readonly string[] {
  const hashes = tree.map(({ text }) => sha256(text));
  return hashes.filter((hash) => written?.bases.has(hash) !== true).map(basePath);
}

/** Only where a file is missing the rest of the project is searched for it. */
export function survey(directory: string, tree: Tree): Survey {
  const written = readWritten(directory);
  const paths = [...pathsOf(written, tree), ...kStateRecords, ...newBases(written, tree)];
  const standing = snapshot(directory, paths);
  const missing = missingOf(written, standing);
  if (missing.length === 0) return { written, standing, moved: new Map() };
  const moved = findMoved(missing, strayTexts(directory, new Set(paths)));
  return { written, standing: snapshot(directory, [...paths, ...moved.values()]), moved };
}

/** Conflicts left in files, with markers around both sides, until the user resolves them. */

import type { Written } from '../tree/manifest.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import type { ChangeSet } from './change-set.ts';
import { holdsMarkers } from './content/lines/markers.ts';

/** A text generated with markers, such as a lesson about git, isn't a conflict. */
export function isMarked(text: string, base: string): boolean {
  return holdsMarkers(text) && !holdsMarkers(base);
}

/** Which files contain markers once the changes are applied, whichever run put them there. */
export function markedPaths(
  changes: ChangeSet,
  standing: Snapshot,
  { manifest, bases }: Written,
): readonly string[] {
  const baseOf = new Map(manifest.files.map(({ id, sha256 }) => [id, bases.get(sha256) ?? '']));
  return changes.flatMap(({ id, path, from, action, text }) => {
    if (action === 'delete') return [];
    const after = text ?? standing.get(from ?? path)?.text ?? '';
    return isMarked(after, baseOf.get(id) ?? '') ? [path] : [];
  });
}

/** Conflicts whose markers stay in files until the user has resolved them. */

import type { Written } from '../tree/manifest.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import type { ChangeSet } from './change-set.ts';
import { holdsMarkers } from './content/lines/markers.ts';

/** A text that was generated with markers, such as a lesson about git, doesn't count. */
export function isMarked(text: string, base: string): boolean {
  return holdsMarkers(text) && !holdsMarkers(base);
}

/** The files that will contain markers once the changes are applied, whichever run wrote them. */
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

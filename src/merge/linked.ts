/** Hard links: a new file written under one name is no longer the file behind the other names. */

import type { Snapshot } from '../tree/snapshot.ts';
import type { ChangeSet } from './change-set.ts';

/**
 * Writing to a file with several names becomes a conflict: only the user knows whether the other
 * names, which may be in other people's folders, may be left with the old file.
 */
export function withoutCutting(changes: ChangeSet, standing: Snapshot): ChangeSet {
  return changes.map((change) => {
    const { text, ...rest } = change;
    const found = standing.get(change.path);
    if (text === undefined || found?.isLinked === undefined) return change;
    const reason = 'it has other names (hard links) that would keep the old text';
    const conflict = { reason, base: null, disk: found.text, next: text, marked: null };
    return { ...rest, action: 'conflict', conflict };
  });
}

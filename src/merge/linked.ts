/** Hard links: writing creates a new file under one name, and the other names keep the old file. */

import type { Snapshot } from '../tree/snapshot.ts';
import type { ChangeSet } from './change-set.ts';

/**
 * Turns a write to a file with several names into a conflict. The other names may be in other
 * people's folders: only the user knows whether they may keep the old file.
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

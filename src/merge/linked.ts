/** Hard links: a new file in the place of one name is another file than that of the others. */

import type { Snapshot } from '../tree/snapshot.ts';
import type { ChangeSet } from './change-set.ts';

/**
 * What would be written to a file with several names becomes a conflict: nobody but the user knows
 * whether the other names, which may stand in other people's folders, are to be left behind.
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

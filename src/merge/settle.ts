/** Applies the user's decisions about conflicts to a change set. */

import type { Change, ChangeSet, Conflict } from './change-set.ts';
import { isMarked } from './marked.ts';

/** `text`: what the user has made of the two versions by hand. */
export type Resolution = 'keep' | 'take' | 'markers' | { readonly text: string };

/** A conflict without a resolution, or with an impossible one, remains a conflict. */
export function settle(
  changes: ChangeSet,
  resolve: (change: Change, conflict: Conflict) => Resolution | null,
): ChangeSet {
  return changes.map((change) => {
    if (change.conflict === undefined) return change;
    const resolution = resolve(change, change.conflict);
    return resolution === null ? change : settled(change, change.conflict, resolution);
  });
}

/**
 * The resolutions that are possible: only text can be replaced, and only text can contain markers.
 */
export function resolutionsOf({ disk, marked }: Conflict): readonly Resolution[] {
  return [
    'keep',
    ...(disk === null ? [] : (['take'] as const)),
    ...(marked === null ? [] : (['markers'] as const)),
  ];
}

function settled(change: Change, conflict: Conflict, resolution: Resolution): Change {
  const { conflict: _, from, ...rest } = change;
  if (resolution === 'keep') {
    return { ...rest, path: from ?? rest.path, action: 'keep', why: 'yours, kept in a conflict' };
  }
  if (typeof resolution === 'string' && !resolutionsOf(conflict).includes(resolution)) {
    return change;
  }
  const text = textOf(conflict, resolution);
  const moved = from === undefined ? {} : { from };
  const written = { ...rest, ...moved, text, bytes: Buffer.byteLength(text) };
  // A user who edits the file by hand may leave markers in it.
  if (isMarked(text, conflict.next)) {
    return { ...written, action: 'marked', why: 'contains conflict markers' };
  }
  return { ...written, action: resolution === 'take' ? 'update' : 'merge' };
}

function textOf({ next, marked }: Conflict, resolution: Exclude<Resolution, 'keep'>): string {
  if (typeof resolution === 'object') return resolution.text;
  return (resolution === 'take' ? next : marked) ?? '';
}

/**
 * Cuts three texts by Myers' diff. Its time grows with the number of changes, not of equal lines.
 */

import type { ChangeObject } from 'diff';
import type { Three } from '../three.ts';
import { type Chunk, cutAt } from './anchors.ts';

type Lines = readonly string[];

/** The most lines that a side may add or remove: 800 among 5,000 lines take 0.07 s. */
const kMaxChanges = 800;

/**
 * Cuts at each line of base that both other texts have kept; null if a side has too many changes.
 */
export async function cutAtMatches(texts: Three<Lines>): Promise<readonly Chunk[] | null> {
  const { base, disk, next } = texts;
  const { diffArrays } = await import('diff');
  const matchesOf = (side: Lines): ReadonlyMap<number, number> | null => {
    const changes = diffArrays([...base], [...side], { maxEditLength: kMaxChanges });
    return changes === undefined ? null : matchesIn(changes);
  };
  const [inDisk, inNext] = [matchesOf(disk), matchesOf(next)];
  if (inDisk === null || inNext === null) return null;
  const anchors = base.flatMap((_, index): readonly Three<number>[] => {
    const [ours, theirs] = [inDisk.get(index), inNext.get(index)];
    if (ours === undefined || theirs === undefined) return [];
    return [{ base: index, disk: ours, next: theirs }];
  });
  return cutAt(texts, anchors);
}

/** Maps indices in base to the indices of the same lines in the other text. */
function matchesIn(changes: readonly ChangeObject<string[]>[]): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  let [inBase, inSide] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let offset = 0; offset < count; offset++) matches.set(inBase + offset, inSide + offset);
    }
    if (!added) inBase += count;
    if (!removed) inSide += count;
  }
  return matches;
}

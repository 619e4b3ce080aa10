/** Cuts three texts by Myers' diff, whose time grows with the changes, not with equal lines. */

import type { ChangeObject } from 'diff';
import type { Three } from '../three.ts';
import { type Chunk, cutAt } from './anchors.ts';

type Lines = readonly string[];

/** Lines that a side adds or removes; 800 among 5,000 lines take 0.07 s. */
const kMaxChanges = 800;

/** Cuts at each line of base that both others have kept; null if a side changed too many. */
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

/** From indices in base to the indices of the same lines in the side. */
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

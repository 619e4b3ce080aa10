/** Merges lists as sets: additions of either side are kept, and so are removals of either side. */

import type { Three } from './three.ts';

/** The result has the disk's order. What only `next` adds follows its predecessor in `next`. */
export function mergeSets({ base, disk, next }: Three<readonly string[]>): readonly string[] {
  const [inBase, inDisk, inNext] = [new Set(base), new Set(disk), new Set(next)];
  const kept = disk.filter((key) => inNext.has(key) || !inBase.has(key));
  const isAdded = (key: string): boolean => !inBase.has(key) && !inDisk.has(key);
  const present = new Set(kept);
  /** Runs of keys that `next` adds, by the key they follow; null: at the beginning. */
  const runs = new Map<string | null, string[]>();
  let precedent: string | null = null;
  for (const key of next) {
    if (isAdded(key)) runs.set(precedent, [...(runs.get(precedent) ?? []), key]);
    else if (present.has(key)) precedent = key;
  }
  return [...(runs.get(null) ?? []), ...kept.flatMap((key) => [key, ...(runs.get(key) ?? [])])];
}

export function isSet(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

/**
 * True if both sides removed an entry and put different entries in its place. Most likely both
 * wanted to change that entry, rather than to remove it and add another.
 */
export function isContradictory({ base, disk, next }: Three<readonly string[]>): boolean {
  const inBase = new Set(base);
  const [inDisk, inNext] = [new Set(disk), new Set(next)];
  const [diskGaps, nextGaps] = [gapsWithNews(disk, inBase), gapsWithNews(next, inBase)];
  return base.some((key, index) => {
    if (inDisk.has(key) || inNext.has(key)) return false;
    const before = base.slice(0, index).findLast((k) => inDisk.has(k) && inNext.has(k)) ?? null;
    const [ours, theirs] = [diskGaps.get(before), nextGaps.get(before)];
    return ours !== undefined && theirs !== undefined && ours.join('\n') !== theirs.join('\n');
  });
}

/** What a side has added, by the base entry that the additions follow. */
function gapsWithNews(
  keys: readonly string[],
  inBase: ReadonlySet<string>,
): ReadonlyMap<string | null, readonly string[]> {
  const gaps = new Map<string | null, string[]>();
  let precedent: string | null = null;
  for (const key of keys) {
    if (inBase.has(key)) precedent = key;
    else gaps.set(precedent, [...(gaps.get(precedent) ?? []), key]);
  }
  return gaps;
}

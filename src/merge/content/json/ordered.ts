/** Merges lists whose order matters, such as a command's arguments. */

import { cutAtAnchors, isSame } from '../lines/anchors.ts';
import { isSet, mergeSets } from '../ordered-set.ts';
import { agreed, type Three } from '../three.ts';

type Row = readonly string[];

/**
 * Entries that all three rows contain divide them into gaps. In each gap, one side may change
 * anything; if both sides change it, each may only add entries or only remove some. Null: the sides
 * contradict each other.
 */
export function mergeOrdered(rows: Three<Row>): Row | null {
  const gaps = cutAtAnchors(rows).map(({ sides, isShared }) => {
    const easy = isShared ? { value: sides.base } : agreed(sides, isSame);
    return easy === null ? mergeGap(sides) : easy.value;
  });
  if (gaps.includes(null)) return null;
  const merged = gaps.flatMap((gap) => gap ?? []);
  const comesBack = (entry: string): boolean =>
    rows.base.includes(entry) && !rows.disk.includes(entry);
  // Some entry was moved by both sides, or moved by one and removed by the other.
  return isSet(merged) && !merged.some(comesBack) ? merged : null;
}

function mergeGap({ base, disk, next }: Three<Row>): Row | null {
  const isPure = [disk, next].every((side) => isWithin(base, side) || isWithin(side, base));
  const [ours, theirs] = [disk, next].map((side) => side.filter((entry) => !base.includes(entry)));
  return isPure && isOneWay(ours ?? [], theirs ?? []) ? mergeSets({ base, disk, next }) : null;
}

/** True if `whole` contains all entries of `part`, in the same order. */
function isWithin(part: Row, whole: Row): boolean {
  let at = 0;
  for (const entry of whole) if (entry === part[at]) at += 1;
  return at === part.length;
}

/** True if both added runs can stay whole: they share no entry, or one contains the other. */
function isOneWay(ours: Row, theirs: Row): boolean {
  if (!ours.some((entry) => theirs.includes(entry))) return true;
  return isRunOf(ours, theirs) || isRunOf(theirs, ours);
}

function isRunOf(part: Row, whole: Row): boolean {
  const start = whole.indexOf(part[0] ?? '');
  return isSame(part, whole.slice(start, start + part.length));
}

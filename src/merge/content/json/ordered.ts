/** Lists whose order matters, such as a command's arguments: three rows → one. */

import { cutAtAnchors, isSame } from '../lines/anchors.ts';
import { isSet, mergeSets } from '../ordered-set.ts';
import { agreed, type Three } from '../three.ts';

type Row = readonly string[];

/**
 * Between two entries that all three have, one side may change anything; both sides may only add,
 * or only remove. null: they contradict each other.
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
  // Moved by both, or moved by one and removed by the other.
  return isSet(merged) && !merged.some(comesBack) ? merged : null;
}

function mergeGap({ base, disk, next }: Three<Row>): Row | null {
  const isPure = [disk, next].every((side) => isWithin(base, side) || isWithin(side, base));
  const [ours, theirs] = [disk, next].map((side) => side.filter((entry) => !base.includes(entry)));
  return isPure && isOneWay(ours ?? [], theirs ?? []) ? mergeSets({ base, disk, next }) : null;
}

/** All entries of `part` are in `whole`, in the same order. */
function isWithin(part: Row, whole: Row): boolean {
  let at = 0;
  for (const entry of whole) if (entry === part[at]) at += 1;
  return at === part.length;
}

/** Two added runs stay whole: they share nothing, or one contains the other. */
function isOneWay(ours: Row, theirs: Row): boolean {
  if (!ours.some((entry) => theirs.includes(entry))) return true;
  return isRunOf(ours, theirs) || isRunOf(theirs, ours);
}

function isRunOf(part: Row, whole: Row): boolean {
  const start = whole.indexOf(part[0] ?? '');
  return isSame(part, whole.slice(start, start + part.length));
}

/** Makes sure that a merge doesn't bring back what one side has deleted. */

import { mapThree, type Three } from '../three.ts';
import { linesOf } from './lines.ts';

/**
 * If the merged text contains a line that one side has deleted, returns that as a reason; otherwise
 * null. This can happen because a diff may see a line that the other side has kept as removed in
 * one place and added in another: both sides then seem to agree on the removal. Repeated lines and
 * very short lines don't count.
 */
export function deletionUndone(texts: Three<string>, merged: string): string | null {
  const { base, disk, next } = mapThree(texts, countsIn);
  const present = countsIn(merged);
  for (const [line, count] of base) {
    if (count > 1 || line.trim().length < 2 || !present.has(line)) continue;
    const [ours, theirs] = [disk.get(line), next.get(line)];
    const name = `"${line.trim()}"`;
    if (ours === undefined && theirs === 1)
      return `you removed ${name}, and the generated one moved`;
    if (theirs === undefined && ours === 1)
      return `you moved ${name}, and it is no longer generated`;
  }
  return null;
}

function countsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

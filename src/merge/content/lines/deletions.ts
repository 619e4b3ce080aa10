/** What one side has deleted stays away. */

import { mapThree, type Three } from '../three.ts';
import { linesOf } from './lines.ts';

/**
 * Why a line that one side has deleted stands in the merged text all the same; null: none does. A
 * diff may take a line that the other side has kept for one that was removed here and added there,
 * so that the two deletions meet. Lines that stand often, or say nothing, do not count.
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

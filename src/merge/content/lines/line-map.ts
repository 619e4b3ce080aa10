/** Maps the lines of one text to another. */

import { cutAtAnchors } from './anchors.ts';
import { linesOf } from './lines.ts';

/** Line numbers start at 0. A line that `to` lacks maps to the place where it would be. */
export function lineMap(from: string, to: string): (line: number) => number {
  if (from === to) return (line) => line;
  const [base, other] = [linesOf(from), linesOf(to)];
  const targets: number[] = [];
  let target = 0;
  for (const { sides } of cutAtAnchors({ base, disk: other, next: other })) {
    const { length } = sides.disk;
    targets.push(...sides.base.map((_, index) => target + Math.min(index, length)));
    target += length;
  }
  return (line) => targets[line] ?? target;
}

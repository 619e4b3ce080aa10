/** A headed list in two columns, as help pages have them. */

import type { Paint } from '../console/paint.ts';
import { indent, wrap } from '../console/text.ts';

const kMargin = 2;
const kLeft = 34;

/** Two columns; a left cell that is too wide puts its right one on the next line. */
export function section(
  paint: Paint,
  title: string,
  rows: readonly (readonly [string, string])[],
  width: number,
): readonly string[] {
  const left = Math.min(kLeft, Math.max(...rows.map(([cell]) => cell.length)) + 2);
  const right = Math.max(30, Math.min(width, 100) - kMargin - left);
  const lines = rows.flatMap(([cell, text]) => {
    const [first = '', ...rest] = wrap(text, right);
    const head = cell.length + 1 < left ? [cell.padEnd(left) + first] : [cell, pad(left) + first];
    return [...head, ...rest.map((line) => pad(left) + line)];
  });
  return [paint.bold(title), ...lines.map((line) => indent(line, kMargin)), ''];
}

function pad(width: number): string {
  return ' '.repeat(width);
}

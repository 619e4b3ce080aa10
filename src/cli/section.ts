/** Headed lists in two columns, as in help pages. */

import type { Paint } from '../console/paint.ts';
import { indent, wrap } from '../console/text.ts';
import { type Flag, usage } from './flags.ts';

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

/** All flags, by heading. */
export function flagSections(
  paint: Paint,
  flags: readonly Flag[],
  width: number,
): readonly string[] {
  const groups = [...new Set(flags.map((flag) => flag.group))];
  return groups.flatMap((group) => {
    const members = flags.filter((flag) => flag.group === group);
    const rows = members.map((flag) => [spelling(flag), meaning(flag)] as const);
    return section(paint, group, rows, width);
  });
}

function spelling(flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const aliases = (flag.aliases ?? []).map((alias) => `--${alias}, `).join('');
  const { values, ...open } = flag;
  return `${short}${aliases}${usage(values === undefined ? flag : open)}`;
}

function meaning({ help, values }: Flag): string {
  return values === undefined ? help : `${help}: ${values.join(', ')}`;
}

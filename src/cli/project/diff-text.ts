/** Two texts as a unified diff, in colour if the terminal has it. */

import type { Paint } from '../../console/paint.ts';

export interface DiffSides {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The labels of the two texts: `yours`, `generated`. */
  readonly names: readonly [string, string];
}

/** Like `patchOf`, for a terminal. */
export async function unifiedDiff(paint: Paint, sides: DiffSides): Promise<string> {
  const lines = (await patchOf(sides)).split('\n');
  return lines.map((line) => tint(paint, line)).join('\n');
}

/** Unified, with three lines of context; empty for equal texts. */
export async function patchOf(sides: DiffSides): Promise<string> {
  if (sides.before === sides.after) return '';
  const { createTwoFilesPatch } = await import('diff');
  const [old, now] = sides.names;
  const names = [`${sides.path} (${old})`, `${sides.path} (${now})`] as const;
  const patch = createTwoFilesPatch(...names, sides.before, sides.after, '', '', { context: 3 });
  const [, ...lines] = patch.trimEnd().split('\n');
  return `${lines.join('\n')}\n`;
}

function tint(paint: Paint, line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line);
  if (line.startsWith('@@')) return paint.cyan(line);
  if (line.startsWith('+')) return paint.green(line);
  return line.startsWith('-') ? paint.red(line) : line;
}

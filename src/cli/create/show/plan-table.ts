/** A dry run as a table: every file, what would happen to it, and how large it is. */

import type { Paint } from '../../../console/paint.ts';
import { columns, plural, size } from '../../../console/text.ts';
import type { Action, ChangeSet } from '../../../merge/change-set.ts';
import type { Preview } from '../../../project.ts';

/** Four words to scan; `--json` gives the exact action. */
const kWords: Readonly<Record<Action, 'new' | 'unchanged' | 'changed' | 'conflict'>> = {
  create: 'new',
  adopt: 'unchanged',
  unchanged: 'unchanged',
  keep: 'unchanged',
  update: 'changed',
  merge: 'changed',
  marked: 'conflict',
  delete: 'changed',
  conflict: 'conflict',
};

export function planTable(paint: Paint, preview: Preview): string {
  const rows = preview.changes.map(({ action, bytes, path }) => [
    kWords[action],
    size(bytes).padStart(10),
    path,
  ]);
  const lines = columns(rows).map((line, at) => tint(paint, rows[at]?.[0] ?? '', line));
  return `${preview.directory}\n\n${lines.join('\n')}\n\n${totals(preview.changes)}\n`;
}

function totals(changes: ChangeSet): string {
  const counts = new Map<string, number>();
  for (const { action } of changes) {
    counts.set(kWords[action], (counts.get(kWords[action]) ?? 0) + 1);
  }
  const bytes = changes.reduce((sum, change) => sum + change.bytes, 0);
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  const files = plural(changes.length, 'file');
  return `${files}, ${size(bytes)}: ${parts.join(', ')}. Nothing was written.`;
}

function tint(paint: Paint, word: string, line: string): string {
  if (word === 'new') return paint.green(line);
  if (word === 'changed') return paint.yellow(line);
  if (word === 'conflict') return paint.red(line);
  return paint.dim(line);
}

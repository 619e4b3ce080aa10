/** What an update does, or would do: for people, and for scripts. */

import { type Paint, spell } from '../../console/paint.ts';
import { columns, plural } from '../../console/text.ts';
import type { Action, Change, ChangeSet } from '../../merge/change-set.ts';
import type { Preview } from '../../project.ts';

/** True if the change writes to the disk. */
export function isWritten({ action, text }: Change): boolean {
  return text !== undefined || action === 'delete';
}

/** True for changes that the user should know about. */
function isNews(change: Change): boolean {
  return isWritten(change) || change.action === 'conflict' || change.why !== undefined;
}

const kWords: Readonly<Record<Action, string>> = {
  create: 'new',
  adopt: 'unchanged',
  unchanged: 'unchanged',
  keep: 'kept',
  update: 'changed',
  merge: 'merged',
  marked: 'conflict, marked',
  delete: 'deleted',
  conflict: 'conflict',
};

/** The configuration's differences, then a line for each noteworthy file. */
export function updateTable(paint: Paint, preview: Preview, wish: readonly string[]): string {
  const news = preview.changes.filter(isNews);
  const rows = news.map((change) => [`  ${wordOf(change)}`, movement(change), reasonOf(change)]);
  const lines = columns(rows).map((line, at) => tint(paint, news[at]?.action ?? 'keep', line));
  const head = wish.map((line) => `  ${paint.cyan(line)}`);
  const parts = [[preview.directory], head, lines, [totals(preview.changes)]];
  const text = parts.filter((part) => part.length > 0).map((part) => part.join('\n'));
  return spell(paint, `${text.join('\n\n')}\n`);
}

function wordOf({ action, from }: Change): string {
  return from === undefined ? kWords[action] : 'moved';
}

function movement({ path, from }: Change): string {
  return from === undefined ? path : `${from} → ${path}`;
}

function reasonOf({ why, conflict }: Change): string {
  return conflict?.reason ?? why ?? '';
}

export function totals(changes: ChangeSet): string {
  const counts = new Map<string, number>();
  for (const { action } of changes) {
    counts.set(kWords[action], (counts.get(kWords[action]) ?? 0) + 1);
  }
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  return `${plural(changes.length, 'file')}: ${parts.join(', ')}`;
}

function tint(paint: Paint, action: Action, line: string): string {
  if (action === 'create') return paint.green(line);
  if (action === 'update' || action === 'merge') return paint.yellow(line);
  if (['delete', 'conflict', 'marked'].includes(action)) return paint.red(line);
  return paint.dim(line);
}

/** One object, one line: every file, including the unchanged ones. */
export function updateReport(preview: Preview, wish: readonly string[], written: boolean): string {
  const { directory, changes, warnings, commands } = preview;
  const files = changes.map(({ path, from, action, bytes, because, why, conflict }) => ({
    path,
    ...(from === undefined ? {} : { from }),
    action,
    bytes,
    because,
    ...(conflict === undefined ? {} : { conflict: conflict.reason }),
    ...(why === undefined ? {} : { why }),
  }));
  const report = { directory, written, differences: wish, files, warnings, commands };
  return `${JSON.stringify(report)}\n`;
}

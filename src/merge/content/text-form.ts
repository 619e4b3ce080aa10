/**
 * The format that editors give a text: byte order mark, line endings, final newline. It is removed
 * before a merge, so it can never conflict, and restored afterwards.
 */

import { linesOf } from './lines/lines.ts';
import { chosen, mapThree, type Three } from './three.ts';

const kByteOrderMark = '\uFEFF';

/** LF only, no byte order mark, a newline at the end of every line. */
export function plain(text: string): string {
  const lines = (text.startsWith(kByteOrderMark) ? text.slice(1) : text).replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}

/** Git and editors convert line endings, so a difference in them isn't an edit. */
export function isSameButForEnds(one: string, other: string): boolean {
  return one === other || one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

/** Gives the plain text the disk's format, or that of `next` if the user left it unchanged. */
export function dress(text: string, sides: Three<string>): string {
  const hasMark = chosen(mapThree(sides, (side) => side.startsWith(kByteOrderMark)));
  const endsOpen = chosen(mapThree(sides, (side) => side !== '' && !side.endsWith('\n')));
  const ends = mapThree(sides, lineEndsOf);
  const side = isUsersEnds(ends) ? 'disk' : 'next';
  const ended = withLineEnds(text, sides[side], ends[side]);
  const open = endsOpen ? ended.replace(/\r?\n$/, '') : ended;
  return hasMark ? kByteOrderMark + open : open;
}

type LineEnds = 'none' | 'lf' | 'crlf' | 'mixed';

function lineEndsOf(text: string): LineEnds {
  const all = text.split('\n').length - 1;
  if (all === 0) return 'none';
  const withReturn = text.split('\r\n').length - 1;
  if (withReturn === 0) return 'lf';
  return withReturn === all ? 'crlf' : 'mixed';
}

/**
 * True if the user chose the line endings. Two texts with mixed line endings may still differ in
 * them, so the disk's are kept.
 */
function isUsersEnds({ base, disk, next }: Three<LineEnds>): boolean {
  if (disk === 'none' || next === 'none') return next === 'none';
  return disk !== base || (disk === 'mixed' && next === 'mixed');
}

function withLineEnds(text: string, model: string, ends: LineEnds): string {
  if (ends === 'crlf') return text.replaceAll('\n', '\r\n');
  return ends === 'mixed' ? withMixedLineEnds(text, model) : text;
}

/**
 * A line that is also in the model gets the same ending as there; any other line gets that of the
 * line above.
 */
function withMixedLineEnds(text: string, model: string): string {
  const ends = new Map<string, string[]>();
  for (const piece of model.match(/[^\n]*\n/g) ?? []) {
    const [line = '', end = ''] = piece.split(/(\r?\n)/);
    const known = ends.get(line);
    if (known === undefined) ends.set(line, [end]);
    else known.push(end);
  }
  let last = '\n';
  return linesOf(text)
    .map((line) => {
      last = ends.get(line)?.shift() ?? last;
      return line + last;
    })
    .join('');
}

/** A region of a text as a row of keyed pieces, and three such rows → one. */

import { isSet, mergeSets } from '../ordered-set.ts';
import { agreed, mapThree, type Three } from '../three.ts';

export interface Piece {
  readonly key: string;
  /** White space and comments in front of it, from the end of the line above. */
  readonly lead: string;
  readonly body: string;
}

export interface Region {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** Spans of a text, in order, as pieces: what follows one on its last line belongs to it. */
export function piecesOf(
  text: string,
  from: number,
  spans: readonly { readonly key: string; readonly start: number; readonly end: number }[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = from;
  for (const span of spans) {
    const between = text.slice(end, span.start);
    const line = between.indexOf('\n');
    const previous = pieces.pop();
    if (previous !== undefined && line > 0) {
      pieces.push({ ...previous, body: previous.body + between.slice(0, line) });
    } else if (previous !== undefined) {
      pieces.push(previous);
    }
    const lead = previous !== undefined && line > 0 ? between.slice(line) : between;
    pieces.push({ key: span.key, lead, body: text.slice(span.start, span.end) });
    end = span.end;
  }
  return pieces;
}

export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ lead, body }) => lead + body).join('');
}

/** One piece of the three sides → what stands there; `contradicts`: nobody can say. */
export type MergePiece = (sides: Three<Piece | null>) => Piece | null | 'contradicts';

/** null: the rows are no sets, or contradict each other. */
export function mergePieces(
  rows: Three<readonly Piece[]>,
  mergePiece: MergePiece,
): readonly Piece[] | null {
  const keys = mapThree(rows, (row) => row.map(({ key }) => key));
  if (!isSet(keys.base) || !isSet(keys.disk) || !isSet(keys.next)) return null;
  const known = mapThree(rows, (row) => new Map(row.map((piece) => [piece.key, piece])));
  const merged = new Map<string, Piece>();
  for (const key of new Set([...keys.base, ...keys.disk, ...keys.next])) {
    const piece = mergePiece(mapThree(known, (map) => map.get(key) ?? null));
    if (piece === 'contradicts') return null;
    if (piece !== null) merged.set(key, piece);
  }
  // A piece may come back that base had, or stay that next no longer has.
  const order = mergeSets({ ...keys, base: keys.base.filter((key) => !merged.has(key)) });
  return order.flatMap((key) => merged.get(key) ?? []);
}

/** A piece is removed or replaced as a whole, and only if the other side left it alone. */
export const mergeWhole: MergePiece = (sides) => {
  const same = agreed(
    mapThree(sides, (piece) => (piece === null ? null : essence(piece.lead + piece.body))),
  );
  if (same === null) return 'contradicts';
  const { base, disk, next } = sides;
  if (disk !== null && essence(disk.lead + disk.body) === same.value) return disk;
  return same.value === null ? null : (next ?? base);
};

/** What formatters leave alone: not the quotes, nor where lines break. */
export function essence(text: string): string {
  return text
    .replaceAll('"', "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?([(){}[\],.]) ?/g, '$1')
    .replace(/,([)}\]])/g, '$1')
    .trim();
}

/** Generators' text with the quotes that the user's text has. */
export function withQuotesOf(users: string, text: string): string {
  const isDouble = users.includes('"') && !users.includes("'");
  return isDouble && !text.includes('"') ? text.replaceAll("'", '"') : text;
}

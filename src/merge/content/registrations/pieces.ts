/** Splits a region of a text into keyed pieces, and merges three such rows of pieces. */

import { isSet, mergeSets } from '../ordered-set.ts';
import { agreed, mapThree, type Three } from '../three.ts';

export interface Piece {
  readonly key: string;
  /** White space and comments before it, from the end of the line above. */
  readonly lead: string;
  readonly body: string;
  /** `lead` and `body` together, ignoring whatever formatters change. */
  readonly essence: string;
}

export interface Region {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/**
 * Spans of a text, in order, as pieces. What follows a span on its last line belongs to its piece.
 */
export function piecesOf(
  text: string,
  from: number,
  spans: readonly { readonly key: string; readonly start: number; readonly end: number }[],
  essenceOf: (start: number, end: number) => string,
): readonly Piece[] {
  const leads = spans.map((span, index) => {
    const end = spans[index - 1]?.end ?? from;
    const line = text.slice(end, span.start).indexOf('\n');
    return index === 0 || line === -1 ? end : end + line;
  });
  return spans.map(({ key, start, end }, index) => {
    const [first, last] = [leads[index] ?? start, leads[index + 1] ?? end];
    return {
      key,
      lead: text.slice(first, start),
      body: text.slice(start, last),
      essence: essenceOf(first, last),
    };
  });
}

export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ lead, body }) => lead + body).join('');
}

/** The merged piece; null if it is removed. */
export type MergedPiece = Piece | null | 'contradicts';

/** Null if a row isn't a set, or if the sides contradict each other. */
export function mergePieces<P extends Piece>(
  rows: Three<readonly P[]>,
  mergePiece: (sides: Three<P | null>) => MergedPiece,
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
  // Only pieces that were dropped above may count as removed: a piece of base may have come back,
  // or may stay although `next` lacks it.
  const order = mergeSets({ ...keys, base: keys.base.filter((key) => !merged.has(key)) });
  return order.flatMap((key) => merged.get(key) ?? []);
}

/** A piece is removed or replaced as a whole, and only if the other side left it alone. */
export function mergeWhole(sides: Three<Piece | null>): MergedPiece {
  const essences = mapThree(sides, (piece) => piece?.essence ?? null);
  const same = agreed(essences);
  if (same === null) return 'contradicts';
  return same.value === essences.disk ? sides.disk : sides.next;
}

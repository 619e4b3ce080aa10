/** Merges three texts line by line. The result also lists the places that both sides changed. */

import { agreed, mapThree, type Three } from '../three.ts';
import { type Chunk, cutAtAnchors, cutEnds, isSame } from './anchors.ts';
import { cutAtMatches } from './matches.ts';

type Lines = readonly string[];

export type Segment =
  | { readonly kind: 'agreed'; readonly lines: Lines }
  /** `line`: where it begins in the disk's text, from 0. */
  | { readonly kind: 'conflict'; readonly line: number; readonly sides: Three<Lines> };

/**
 * How many pairs of equal lines node-diff3 may examine in one chunk. Its time grows with the pairs
 * and the matches: 160,000 pairs (400 equal lines) took 0.12 s, 4,000,000 pairs (2,000 equal lines)
 * took 11 s.
 */
const kMaxPairs = 60_000;
/**
 * The most lines on one side of a chunk: node-diff3 passes them all as arguments of a single call.
 */
const kMaxLines = 20_000;

/** The lines of a text that ends with a newline, or is empty. */
export function linesOf(text: string): Lines {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

export function textOf(lines: Lines): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Each text ends with a newline, or is empty. */
export function mergeLines(texts: Three<string>): Promise<readonly Segment[]> {
  return mergeChunks(cutAtAnchors(mapThree(texts, linesOf)), 0, mergeChunk);
}

type MergeChunk = (sides: Three<Lines>, line: number) => Promise<readonly Segment[]>;

/** `line`: where the first chunk begins on the disk. */
async function mergeChunks(
  chunks: readonly Chunk[],
  line: number,
  merge: MergeChunk,
): Promise<readonly Segment[]> {
  const segments: Segment[] = [];
  let at = line;
  for (const { sides, isShared } of chunks) {
    const easy = isShared ? { value: sides.base } : agreed(sides, isSame);
    if (easy !== null) segments.push({ kind: 'agreed', lines: easy.value });
    else segments.push(...(await merge(sides, at)));
    at += sides.disk.length;
  }
  return segments;
}

async function mergeChunk(sides: Three<Lines>, line: number): Promise<readonly Segment[]> {
  if (!isCostly(sides)) return mergeByDiff3(sides, line);
  const chunks = await cutAtMatches(sides);
  return mergeChunks(chunks ?? cutEnds(sides), line, async (gap, at) => {
    if (chunks !== null && !isCostly(gap)) return mergeByDiff3(gap, at);
    return [{ kind: 'conflict', line: at, sides: gap }];
  });
}

async function mergeByDiff3(sides: Three<Lines>, line: number): Promise<readonly Segment[]> {
  const { diff3Merge } = await import('node-diff3');
  const { base, disk, next } = mapThree(sides, (lines) => [...lines]);
  const regions: readonly Diff3Region[] = diff3Merge(disk, base, next, {});
  return regions.map(({ ok, conflict }): Segment => {
    if (conflict === undefined) return { kind: 'agreed', lines: ok ?? [] };
    const { a, aIndex, o, b } = conflict;
    return { kind: 'conflict', line: line + aIndex, sides: { base: o, disk: a, next: b } };
  });
}

/** What `diff3Merge` returns: the package types it as `any`. */
interface Diff3Region {
  readonly ok?: Lines;
  readonly conflict?: {
    readonly a: Lines;
    readonly aIndex: number;
    readonly o: Lines;
    readonly b: Lines;
  };
}

function isCostly({ base, disk, next }: Three<Lines>): boolean {
  if (Math.max(base.length, disk.length, next.length) > kMaxLines) return true;
  const counts = new Map<string, number>();
  for (const line of base) counts.set(line, (counts.get(line) ?? 0) + 1);
  const pairs = [...disk, ...next].reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
  return pairs > kMaxPairs;
}

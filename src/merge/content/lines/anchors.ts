/**
 * Cuts three texts at lines that occur exactly once in each of them. The pieces between two cuts
 * are merged separately, which is faster, and closer to what a person would do. This is Bram
 * Cohen's patience diff for three texts.
 */

import { mapThree, type Three } from '../three.ts';

type Lines = readonly string[];

export interface Chunk {
  /** If shared, the lines that all three texts have here; otherwise each text's own lines. */
  readonly sides: Three<Lines>;
  readonly isShared: boolean;
}

/** The chunks in order: joined, they are the three texts again. */
export function cutAtAnchors(texts: Three<Lines>): readonly Chunk[] {
  const anchors = anchorsOf(texts);
  if (anchors.length === 0) return [{ sides: texts, isShared: false }];
  // Recursive: a line that is repeated in the whole text may be unique within a gap.
  return cutAt(texts, anchors).flatMap((chunk) =>
    chunk.isShared ? [chunk] : cutAtAnchors(chunk.sides),
  );
}

/** `anchors`: ascending indices of lines that are the same in all three. */
export function cutAt(texts: Three<Lines>, anchors: readonly Three<number>[]): readonly Chunk[] {
  const { base, disk, next } = texts;
  const chunks: Chunk[] = [];
  let from: Three<number> = { base: 0, disk: 0, next: 0 };
  const end = mapThree(texts, (lines) => lines.length);
  for (const anchor of [...anchors, end]) {
    const gap = {
      base: base.slice(from.base, anchor.base),
      disk: disk.slice(from.disk, anchor.disk),
      next: next.slice(from.next, anchor.next),
    };
    if (isSame(gap.base, gap.disk) && isSame(gap.base, gap.next)) {
      chunks.push(...shared(base.slice(from.base, anchor.base + 1)));
    } else {
      chunks.push(
        { sides: gap, isShared: false },
        ...shared(base.slice(anchor.base, anchor.base + 1)),
      );
    }
    from = mapThree(anchor, (index) => index + 1);
  }
  return chunks;
}

/** The lines that all three texts start and end with, and whatever is between. */
export function cutEnds(texts: Three<Lines>): readonly Chunk[] {
  const { base, disk, next } = texts;
  const limit = Math.min(base.length, disk.length, next.length);
  let head = 0;
  while (head < limit && base[head] === disk[head] && base[head] === next[head]) head++;
  let tail = 0;
  const isLast = (line: string | undefined): boolean =>
    disk.at(-1 - tail) === line && next.at(-1 - tail) === line;
  while (tail < limit - head && isLast(base.at(-1 - tail))) tail++;
  const middle = mapThree(texts, (lines) => lines.slice(head, lines.length - tail));
  return [
    ...shared(base.slice(0, head)),
    { sides: middle, isShared: false },
    ...shared(base.slice(base.length - tail)),
  ];
}

export function isSame(a: Lines, b: Lines): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function shared(lines: Lines): readonly Chunk[] {
  if (lines.length === 0) return [];
  return [{ sides: { base: lines, disk: lines, next: lines }, isShared: true }];
}

/** Indices of lines that occur once in each text, and in the same order in all of them. */
function anchorsOf(texts: Three<Lines>): readonly Three<number>[] {
  const { base, disk, next } = mapThree(texts, uniqueLines);
  const candidates = [...base].flatMap(([line, index]): readonly Three<number>[] => {
    const [inDisk, inNext] = [disk.get(line), next.get(line)];
    if (inDisk === undefined || inNext === undefined) return [];
    return [{ base: index, disk: inDisk, next: inNext }];
  });
  const alike = longestRising(candidates, (anchor) => anchor.disk);
  return longestRising(alike, (anchor) => anchor.next);
}

function uniqueLines(lines: Lines): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (found.has(line)) repeated.add(line);
    else found.set(line, index);
  }
  for (const line of repeated) found.delete(line);
  return found;
}

/** The longest ascending subsequence: patience sorting. */
function longestRising<T>(items: readonly T[], numberOf: (item: T) => number): readonly T[] {
  interface Card {
    readonly item: T;
    readonly below: Card | undefined;
  }
  const tops: Card[] = [];
  for (const item of items) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      const top = tops[mid];
      if (top !== undefined && numberOf(top.item) < numberOf(item)) low = mid + 1;
      else high = mid;
    }
    tops[low] = { item, below: tops[low - 1] };
  }
  const rising: T[] = [];
  for (let card = tops.at(-1); card !== undefined; card = card.below) rising.push(card.item);
  return rising.reverse();
}

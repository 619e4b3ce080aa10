/** Random texts, and the edits that people and generators make to them. */

import fc from 'fast-check';
import type { Three } from './three.ts';

export type Lines = readonly string[];

/** Texts with repeated lines, which make alignment hard, among lines that occur once. */
export const kTexts: fc.Arbitrary<Lines> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('', '}', '  }', '  break;', 'ünïcödé', '__proto__') },
      { weight: 4, arbitrary: fc.constant(null) },
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.map((line, index) => line ?? `  line ${index};`));

export interface Edit {
  readonly kind: 'insert' | 'change' | 'delete' | 'move' | 'repeat';
  /** The place of the edit, as a fraction of the text's length. */
  readonly at: number;
  readonly to: number;
}

const kShare = fc.double({ min: 0, max: 1, noNaN: true });

export const kEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('insert', 'change', 'delete', 'move', 'repeat'),
    at: kShare,
    to: kShare,
  }),
  { maxLength: 5 },
);

/** Applies the edits. Their new lines contain `who`, so they can be found again. */
export function edited(lines: Lines, edits: readonly Edit[], who: string): Lines {
  const result = [...lines];
  for (const [index, { kind, at, to }] of edits.entries()) {
    const [place, target] = [at, to].map((share) => Math.floor(share * result.length));
    const news = `  ${who} ${index}`;
    if (kind === 'insert') result.splice(place ?? 0, 0, news);
    if (kind === 'change' && result.length > 0) result[place ?? 0] = news;
    if (kind === 'delete') result.splice(place ?? 0, 1);
    if (kind === 'move') result.splice(target ?? 0, 0, ...result.splice(place ?? 0, 1));
    if (kind === 'repeat')
      result.splice(target ?? 0, 0, ...result.slice(place ?? 0, 1 + (place ?? 0)));
  }
  return result;
}

/** How an editor writes lines to a file. */
export interface Form {
  readonly ends: 'lf' | 'crlf' | 'mixed';
  readonly isOpen: boolean;
  readonly hasMark: boolean;
  readonly isByTabs: boolean;
}

export const kForms: fc.Arbitrary<Form> = fc.record({
  ends: fc.constantFrom('lf', 'crlf', 'mixed'),
  isOpen: fc.boolean(),
  hasMark: fc.boolean(),
  isByTabs: fc.boolean(),
});

export const kPlainForm: Form = { ends: 'lf', isOpen: false, hasMark: false, isByTabs: false };

export function written(lines: Lines, form: Form): string {
  const indented = form.isByTabs ? lines.map((line) => line.replace(/^ {2}/, '\t')) : lines;
  const ended = indented.map((line, index) => {
    const isCrlf = form.ends === 'crlf' || (form.ends === 'mixed' && index % 3 === 0);
    return line + (isCrlf ? '\r\n' : '\n');
  });
  const text = form.isOpen ? ended.join('').replace(/\r?\n$/, '') : ended.join('');
  return (form.hasMark ? '\uFEFF' : '') + text;
}

/**
 * How often to test a property against a model: by default briefly, with a fixed seed; with
 * MERGE_RUNS=100000 that often, and randomly. A failure prints its seed.
 */
export function modelRuns(share = 1): fc.Parameters<unknown> {
  const wanted = Number(process.env.MERGE_RUNS ?? 0);
  return wanted > 0 ? { numRuns: Math.ceil(wanted * share) } : { numRuns: 300, seed: 10 };
}

/** What one side does to an entry of a row, and how many new entries it inserts before it. */
export interface Deed {
  readonly act: 'keep' | 'remove' | 'replace';
  readonly insert: number;
}

const kDeed: fc.Arbitrary<Deed> = fc.record({
  act: fc.oneof(
    { weight: 6, arbitrary: fc.constant('keep' as const) },
    { weight: 1, arbitrary: fc.constantFrom('remove' as const, 'replace' as const) },
  ),
  insert: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
  ),
});

/** A row, and what two sides make of it. None of the three contains duplicates. */
export const kThreeRows: fc.Arbitrary<Three<readonly string[]>> = fc
  .array(fc.tuple(kDeed, kDeed), { minLength: 1, maxLength: 12 })
  .map((deeds) => {
    const side = (which: 0 | 1, who: string): readonly string[] =>
      deeds.flatMap((pair, index) => {
        const { act, insert } = pair[which];
        const news = Array.from({ length: insert }, (_, count) => `${who}-${index}-${count}`);
        if (act === 'keep') return [...news, `own-${index}`];
        return act === 'remove' ? news : [...news, `${who}-${index}`];
      });
    return {
      base: deeds.map((_, index) => `own-${index}`),
      disk: side(0, 'u'),
      next: side(1, 'g'),
    };
  });

/** What each row contains between two entries that all three have. */
export function gapsOf({ base, disk, next }: Three<readonly string[]>): Three<readonly string[]>[] {
  const shared = base.filter((entry) => disk.includes(entry) && next.includes(entry));
  const pieces = (row: readonly string[]): string[][] => {
    const gaps: string[][] = [[]];
    for (const entry of row) {
      if (shared.includes(entry)) gaps.push([]);
      else gaps.at(-1)?.push(entry);
    }
    return gaps;
  };
  const [ours, theirs] = [pieces(disk), pieces(next)];
  return pieces(base).map((gap, at) => ({
    base: gap,
    disk: ours[at] ?? [],
    next: theirs[at] ?? [],
  }));
}

/**
 * The entries that the result must contain, in any order: all that a side added, none that one
 * removed.
 */
export function unionOf({ base, disk, next }: Three<readonly string[]>): readonly string[] {
  const added = [...disk, ...next].filter((entry) => !base.includes(entry));
  const stays = base.filter((entry) => disk.includes(entry) && next.includes(entry));
  return [...stays, ...new Set(added)].sort();
}

/** True if the entries that both rows contain are in the same order. */
export function isInOrder(row: readonly string[], model: readonly string[]): boolean {
  const [left, right] = [
    row.filter((entry) => model.includes(entry)),
    model.filter((entry) => row.includes(entry)),
  ];
  return left.join('\n') === right.join('\n');
}

/** Merges random documents, and checks the result by a slow model: value by value, gap by gap. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeContent } from '../merge-content.ts';
import { gapsOf, isInOrder, kThreeRows, modelRuns, unionOf } from '../testing.ts';
import { agreed, mapThree, type Three } from '../three.ts';

type Row = readonly string[];
type Document = { readonly [key: string]: Document | Row | string };

/** A member in each of the three versions; undefined where it is missing. */
type Member = Three<Document[string] | undefined>;

const kScalars: fc.Arbitrary<Member> = fc
  .constantFrom(
    'bbb',
    'bub',
    'bbg',
    'bug',
    'bss',
    '-u-',
    '--g',
    '-ug',
    '-ss',
    'b-b',
    'bb-',
    'b--',
    'b-g',
    'bu-',
  )
  .map((letters) => {
    const [base, disk, next] = [...letters].map((letter) => (letter === '-' ? undefined : letter));
    return { base, disk, next };
  });

const kDocuments: fc.Arbitrary<Three<Document>> = fc.letrec((tie) => ({
  member: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: kScalars },
    { weight: 2, arbitrary: kThreeRows },
    { weight: 2, arbitrary: tie('document') },
  ),
  document: fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd/e', '__proto__x'), tie('member'), { maxKeys: 5 })
    .map((members) => {
      const side = (which: keyof Three<unknown>): Document => {
        const of = Object.entries(members as Readonly<Record<string, Member>>);
        const present = of.map(([key, member]) => [key, member[which]] as const);
        return Object.fromEntries(present.filter((pair) => pair[1] !== undefined)) as Document;
      };
      return { base: side('base'), disk: side('disk'), next: side('next') };
    }),
})).document as fc.Arbitrary<Three<Document>>;

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A gap can be merged if each side only adds entries to it, or only removes some. */
function isFree({ base, disk, next }: Three<Row>): boolean {
  const isPure = (side: Row): boolean =>
    side.every((entry) => base.includes(entry)) || base.every((entry) => side.includes(entry));
  const easy = agreed({ base, disk, next }, isSame);
  return easy !== null || (isPure(disk) && isPure(next));
}

/** What is wrong with the merged value, by path; `conflict` if it may not be merged. */
function faultsIn(sides: Member, merged: unknown, path: string): readonly string[] {
  const easy = agreed(sides, isSame);
  if (easy !== null)
    return isSame(easy.value, merged) ? [] : [`${path}: ${JSON.stringify(merged)}`];
  const { base, disk, next } = sides;
  if ([base, disk, next].every(Array.isArray)) {
    const rows = sides as Three<Row>;
    if (!gapsOf(rows).every(isFree)) return [`${path}: conflict`];
    const row = merged as Row;
    const isRight = isSame(row.toSorted(), unionOf(rows)) && isInOrder(row, rows.disk);
    return isRight && isInOrder(row, rows.next) ? [] : [`${path}: ${row}`];
  }
  if (![base, disk, next].every(isDocument)) return [`${path}: conflict`];
  const within = mapThree(sides as Three<Document>, (side) => new Map(Object.entries(side)));
  const keys = new Set([...within.base.keys(), ...within.disk.keys(), ...within.next.keys()]);
  return [...keys].flatMap((key) => {
    const member = mapThree(within, (side) => side.get(key));
    return faultsIn(member, (merged as Document | undefined)?.[key], `${path}/${key}`);
  });
}

function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('every value of the user is in the result, or it is a conflict', () =>
  fc.assert(
    fc.asyncProperty(kDocuments, fc.constantFrom(0, 2, '\t'), async (documents, indent) => {
      const base = `${JSON.stringify(documents.base, null, 2)}\n`;
      const disk = `${JSON.stringify(documents.disk, null, indent)}\n`;
      const next = `${JSON.stringify(documents.next, null, 2)}\n`;
      const texts = { path: 'a.json', base, disk, next, registrations: [] };
      const merged = await mergeContent(texts);
      const value: unknown = merged.kind === 'merged' ? JSON.parse(merged.text) : documents.disk;
      const faults = faultsIn(documents, value, '');
      const conflicts = faults.filter((fault) => fault.endsWith(': conflict'));
      if (merged.kind === 'merged') expect(faults).toEqual([]);
      else expect(conflicts, merged.reason).not.toEqual([]);
    }),
    modelRuns(),
  ));

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isContradictory, mergeSets } from './ordered-set.ts';

const kSet: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

test('a merged set has what a side added, and lacks what a side removed', () => {
  fc.assert(
    fc.property(kSet, kSet, kSet, (base, disk, next) => {
      const merged = mergeSets({ base, disk, next });
      const isIn = (key: string): boolean =>
        base.includes(key)
          ? disk.includes(key) && next.includes(key)
          : disk.includes(key) || next.includes(key);
      const all = [...new Set([...base, ...disk, ...next])];
      expect(merged.toSorted()).toEqual(all.filter(isIn).sort());
      const ofDisk = merged.filter((key) => disk.includes(key));
      expect(ofDisk).toEqual(disk.filter(isIn));
    }),
  );
});

test('one side alone: the set is that side’s', () => {
  fc.assert(
    fc.property(kSet, kSet, (base, side) => {
      expect(mergeSets({ base, disk: side, next: base })).toEqual(side);
      expect(mergeSets({ base, disk: base, next: side }).toSorted()).toEqual(side.toSorted());
    }),
  );
});

test.each([
  ['both replaced one entry', 'abc', 'aXc', 'aYc', true],
  ['both replaced the first one', 'abc', 'Xbc', 'Ybc', true],
  ['both replaced it by the same', 'abc', 'aXc', 'aXc', false],
  ['one replaced, the other removed', 'abc', 'aXc', 'ac', false],
  ['they replaced different ones', 'abc', 'aXc', 'Ybc', false],
  ['both removed one, and added elsewhere', 'abc', 'acX', 'Yac', false],
])('a contradiction: %s', (_, base, disk, next, result) => {
  expect(isContradictory({ base: [...base], disk: [...disk], next: [...next] })).toBe(result);
});

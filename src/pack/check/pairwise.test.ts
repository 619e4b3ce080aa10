import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allRows, pairwise } from './pairwise.ts';

test('all rows are the product, while it is small', () => {
  expect(allRows([2, 3], 6)).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  expect(allRows([2, 3], 5)).toBeNull();
  expect(allRows([], 5)).toEqual([[]]);
});

test('every pair of levels stands in a row, in far fewer rows than there are', () => {
  const levels = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 7 });
  fc.assert(
    fc.property(levels, (counts) => {
      const rows = pairwise(counts);
      for (const [a, countA] of counts.entries()) {
        for (const [b, countB] of counts.entries()) {
          if (b <= a) continue;
          const pairs = new Set(rows.map((row) => `${row[a]} ${row[b]}`));
          expect(pairs.size).toBe(countA * countB);
        }
      }
    }),
  );
  expect(pairwise(Array.from({ length: 10 }, () => 3)).length).toBeLessThan(30);
  expect(pairwise([3])).toEqual([[0], [1], [2]]);
  expect(pairwise([])).toEqual([[]]);
});

import { expect, test } from 'vitest';
import { percentile, spread } from './statistics.ts';

test.each([
  [[3, 1, 2], { median: 2, min: 1, max: 3 }],
  [[4, 1, 2, 3], { median: 2.5, min: 1, max: 4 }],
  [[null, 7, undefined, Number.NaN], { median: 7, min: 7, max: 7 }],
  [[], null],
])('the spread of %j', (values, expected) => {
  expect(spread(values)).toEqual(expected);
});

test.each([
  [[30, 10, 20], 99, 30],
  [[30, 10, 20], 50, 20],
  [Array.from({ length: 200 }, (_, index) => index), 99, 198],
  [[], 99, Number.NaN],
])('the percentile of %j', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected);
});

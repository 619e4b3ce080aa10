import { expect, test } from 'vitest';
import { countOf } from './test-count.ts';

test.each([
  ['vitest', '      Tests  361 passed | 1 skipped (362)\n', { passed: 361, failed: 0 }],
  [
    'vitest that fails',
    '\x1b[2m      Tests \x1b[22m 1 failed | 3 passed (4)',
    { passed: 3, failed: 1 },
  ],
  ['ctest', '100% tests passed, 0 tests failed out of 398\n', { passed: 398, failed: 0 }],
  ['ctest that fails', '67% tests passed, 1 tests failed out of 3\n', { passed: 2, failed: 1 }],
  ['the matrix', 'asan: 89 passed, 1 failed, 0 skipped, in 9 minutes', { passed: 89, failed: 1 }],
  ['no runner', ' Test Files  3 passed (3)\nall good\n', { passed: 0, failed: 0 }],
])('the tests of %s are counted', (_, output, count) => {
  expect(countOf(output)).toEqual(count);
});

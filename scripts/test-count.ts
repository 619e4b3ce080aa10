/** How many tests passed and failed, read from what their runners say. */

import { stripVTControlCharacters } from 'node:util';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/**
 * The last lines of vitest ("Tests  1 failed | 3 passed (4)"), ctest and the matrix count; others
 * don't.
 */
export function countOf(output: string): Count {
  const text = stripVTControlCharacters(output);
  const vitest = [...text.matchAll(/^ +Tests +(.*)$/gm)].map(([, line = '']) => ({
    passed: Number(/(\d+) passed/.exec(line)?.[1] ?? 0),
    failed: Number(/(\d+) failed/.exec(line)?.[1] ?? 0),
  }));
  const kCtest = /^\d+% tests passed, (\d+) tests? failed out of (\d+)$/gm;
  const ctest = [...text.matchAll(kCtest)].map(([, failed, all]) => ({
    passed: Number(all) - Number(failed),
    failed: Number(failed),
  }));
  const kMatrix = /^(?:release|asan|tsan): (\d+) passed, (\d+) failed,/gm;
  const matrix = [...text.matchAll(kMatrix)].map(([, passed, failed]) => ({
    passed: Number(passed),
    failed: Number(failed),
  }));
  return [...vitest, ...ctest, ...matrix].reduce(sum, { passed: 0, failed: 0 });
}

export function sum(one: Count, other: Count): Count {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

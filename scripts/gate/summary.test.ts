import { describe, expect, test } from 'vitest';
import type { Finished } from './execute.ts';
import type { Outcome } from './outcome.ts';
import { kNotRun, resultOf, summary, tally } from './summary.ts';

function outcome(more: Partial<Outcome>): Outcome {
  const plain = { name: 'a test', verdict: 'passed', seconds: 1, checks: 1, repeats: 0 } as const;
  return { ...plain, why: '', again: 'run it', ...more };
}

function finished(
  status: number,
  outcomes: readonly Outcome[],
  kind: 'build' | 'tests' = 'tests',
): Finished {
  const job = { stage: 'core', kind, commands: [], after: [] };
  return { job, status, wallSeconds: 12.4, cpuSeconds: 20.6, outcomes };
}

describe('a stage', () => {
  test('is what its tests are', () => {
    const { outcomes } = resultOf('core', [
      finished(1, [outcome({}), outcome({ verdict: 'failed' })]),
    ]);
    expect(tally(outcomes)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
  });

  test('without tests counts as one', () => {
    expect(tally(resultOf('core', [finished(0, [])]).outcomes)).toMatchObject({ passed: 1 });
  });

  test.each([
    ['ended without a failed test', 3, [outcome({})], 'it ended with 3'],
    ['was not begun', kNotRun, [], 'a build that it needs has failed'],
  ])('whose run %s has failed', (_, status, outcomes, why) => {
    const result = resultOf('core', [finished(status, outcomes)]);
    expect(tally(result.outcomes).failed).toBe(1);
    expect(summary([result], 1)).toContain(why);
  });

  test.each([
    [1, 0],
    [2, 1],
  ])('that repeats %i of 100 checks fails %i times', (repeats, failed) => {
    const { outcomes } = resultOf('core', [finished(0, [outcome({ checks: 100, repeats })])]);
    expect(tally(outcomes).failed).toBe(failed);
  });
});

describe('the summary', () => {
  const text = summary(
    [
      resultOf('core', [
        finished(0, [], 'build'),
        finished(1, [
          outcome({ name: 'quick', seconds: 0.1 }),
          outcome({ name: 'slow', seconds: 8.25 }),
          outcome({ name: 'left out', verdict: 'skipped', seconds: 0, why: 'as root' }),
          outcome({ name: 'lucky', checks: 500, repeats: 2, why: 'late' }),
          outcome({ name: 'wrong', verdict: 'failed', why: '1 is not 2', again: 'run wrong' }),
        ]),
      ]),
    ],
    14,
  );

  test('has a row per stage with the time of its builds, its tests, and its processors', () => {
    expect(text).toMatch(/^core +12 s +12 s +41 s +3 +1 +1 +2$/m);
  });

  test('names the slowest tests first', () => {
    expect(text).toMatch(/The slowest tests\n +8\.3 s {2}core: slow\n/);
  });

  test('says what was skipped and what was repeated, and why', () => {
    expect(text).toContain('core: left out: as root');
    expect(text).toContain('core: lucky: 2 checks: late');
  });

  test('says of a failed test how to run it alone', () => {
    expect(text).toMatch(/core: wrong\n +1 is not 2\n +alone: run wrong\n/);
  });

  test('ends with one line that counts', () => {
    expect(text.split('\n').at(-1)).toBe('3 passed, 1 failed, 1 skipped');
  });
});

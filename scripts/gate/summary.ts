/** What the gate prints at the end: pure text about the results of its jobs. */

import type { Finished } from './execute.ts';
import type { Outcome } from './outcome.ts';

/** A stage, the results of its jobs, and the outcome of each of its tests. */
export interface StageResult {
  readonly name: string;
  readonly jobs: readonly Finished[];
  /** Includes an outcome for a job that failed although no test did, or that had no tests. */
  readonly outcomes: readonly Outcome[];
}

/** If more than this share of a stage's checks pass only on a second try, it isn't an accident. */
export const kAllowedLuck = 0.01;

const kSlowest = 20;

export function resultOf(name: string, jobs: readonly Finished[]): StageResult {
  const told = jobs.flatMap(({ outcomes }) => outcomes);
  const again = `npm test -- ${name}`;
  const lost = jobs
    .filter(({ status, outcomes }) => status !== 0 && outcomes.every((one) => !isFailed(one)))
    .map(({ job, status, wallSeconds }): Outcome => {
      const what = job.kind === 'build' ? 'the build' : 'the run';
      const name = `${what} of ${job.stage}`;
      return { ...kOne, name, verdict: 'failed', seconds: wallSeconds, why: ended(status), again };
    });
  const whole: Outcome = { ...kOne, name, verdict: 'passed', seconds: 0, why: '', again };
  const outcomes = [...told, ...lost, ...luckOf(name, told)];
  return { name, jobs, outcomes: outcomes.length === 0 ? [whole] : outcomes };
}

const kOne = { checks: 1, repeats: 0 } as const;

function ended(status: number): string {
  return status === kNotRun
    ? 'not run, because a build that it needs has failed'
    : `it ended with ${status}`;
}

/** The status of a job that could not be started. */
export const kNotRun = -1;

function luckOf(stage: string, outcomes: readonly Outcome[]): readonly Outcome[] {
  const { checks, repeats } = tally(outcomes);
  if (repeats <= checks * kAllowedLuck) return [];
  const why = `${repeats} of ${checks} checks were repeated; ${kAllowedLuck * 100} % are allowed`;
  const again = `npm test -- ${stage}`;
  return [{ ...kOne, name: `the luck of ${stage}`, verdict: 'failed', seconds: 0, why, again }];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly checks: number;
  readonly repeats: number;
}

export function tally(outcomes: readonly Outcome[]): Tally {
  const count = (verdict: Outcome['verdict']): number =>
    outcomes.filter((outcome) => outcome.verdict === verdict).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    checks: sum(outcomes.map(({ checks }) => checks)),
    repeats: sum(outcomes.map(({ repeats }) => repeats)),
  };
}

export function summary(results: readonly StageResult[], wallSeconds: number): string {
  const outcomes = results.flatMap((result) =>
    result.outcomes.map((outcome) => ({ ...outcome, stage: result.name })),
  );
  const { passed, failed, skipped } = tally(outcomes);
  return [
    ...table(results, wallSeconds),
    ...section(
      'The slowest tests',
      slowest(outcomes).map(
        ({ stage, name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${stage}: ${name}`,
      ),
    ),
    ...section(
      'Skipped',
      outcomes
        .filter(({ verdict }) => verdict === 'skipped')
        .map(({ stage, name, why }) => `${stage}: ${name}${why === '' ? '' : `: ${why}`}`),
    ),
    ...section(
      'Passed at a later try',
      outcomes
        .filter(({ repeats }) => repeats > 0)
        .map(
          ({ stage, name, repeats, why }) =>
            `${stage}: ${name}: ${repeats} ${repeats === 1 ? 'check' : 'checks'}: ${why}`,
        ),
    ),
    ...section(
      'Failed',
      outcomes
        .filter(isFailed)
        .flatMap(({ stage, name, why, again }) => [
          `${stage}: ${name}`,
          ...indented(why),
          `  alone: ${again}`,
        ]),
    ),
    '',
    `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`,
  ].join('\n');
}

function isFailed({ verdict }: Outcome): boolean {
  return verdict === 'failed';
}

function slowest<T extends Outcome>(outcomes: readonly T[]): readonly T[] {
  return [...outcomes]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, kSlowest)
    .filter(({ seconds }) => seconds > 0);
}

function indented(text: string): readonly string[] {
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .slice(0, 20)
        .map((line) => `  ${line}`);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function table(results: readonly StageResult[], wallSeconds: number): readonly string[] {
  const rows = results.map(({ name, jobs, outcomes }) => {
    const { passed, failed, skipped, repeats } = tally(outcomes);
    const [build, tests] = (['build', 'tests'] as const).map((kind) =>
      jobs.filter(({ job }) => job.kind === kind),
    );
    return [
      name,
      wall(build),
      wall(tests),
      cpu(jobs),
      ...[passed, failed, skipped, repeats].map(String),
    ];
  });
  const all = tally(results.flatMap(({ outcomes }) => outcomes));
  const last = [
    'all',
    '',
    `${wallSeconds.toFixed(0)} s`,
    cpu(results.flatMap(({ jobs }) => jobs)),
    ...[all.passed, all.failed, all.skipped, all.repeats].map(String),
  ];
  const head = ['stage', 'build', 'tests', 'CPU', 'passed', 'failed', 'skipped', 'repeated'];
  return aligned([head, ...rows, last]);
}

function wall(jobs: readonly Finished[] = []): string {
  return jobs.length === 0 ? '' : `${sum(jobs.map(({ wallSeconds }) => wallSeconds)).toFixed(0)} s`;
}

function cpu(jobs: readonly Finished[]): string {
  return `${sum(jobs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(0)} s`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The first column to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

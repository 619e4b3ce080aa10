/** The results, as a table for the terminal, and as docs/matrix/results.{json,md,svg}. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Outcome } from '../../scripts/gate/outcome.ts';
import { type Architecture, isMeantFor } from './architectures.ts';
import { kModes, type Mode } from './mode.ts';
import { picture } from './picture.ts';
import { kRepository } from './projects.ts';
import type { Row } from './row.ts';

export interface Run {
  readonly mode: Mode;
  /** How many rows there should be. */
  readonly wanted: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** By the architecture's id. */
type KeptRows = Readonly<Record<string, KeptRow>>;

interface KeptRow {
  readonly date: string;
  readonly seconds: number;
  readonly passed: boolean;
  readonly checks: number;
  /** Checks that passed when repeated alone. */
  readonly repeated: number;
  readonly traced: number | null;
  readonly requestsPerSecond: number | null;
  readonly fairness: number | null;
}

export type Results = Readonly<Partial<Record<Mode, KeptRows>>>;

const resultsSchema: z.ZodType<Results> = z.partialRecord(
  z.enum(kModes),
  z.record(
    z.string(),
    z.object({
      date: z.string(),
      seconds: z.number(),
      passed: z.boolean(),
      checks: z.number(),
      repeated: z.number(),
      traced: z.number().nullable(),
      requestsPerSecond: z.number().nullable(),
      fairness: z.number().nullable(),
    }),
  ),
);

export function table({ mode, wanted, seconds, rows }: Run, list: readonly Architecture[]): string {
  const width = Math.max(...list.map(({ id }) => id.length));
  const lines = rows.map((row) => {
    const load = row.requestsPerSecond === null ? '–' : Math.round(row.requestsPerSecond);
    const traced = row.traced === null ? '–' : row.traced;
    const repeated = row.repeated.length === 0 ? '' : `, ${row.repeated.length} repeated`;
    const verdict = row.failures.length === 0 ? 'passed' : `FAILED ${row.failures.length}`;
    return [
      row.id.padEnd(width),
      String(row.checks).padStart(6),
      String(traced).padStart(6),
      String(load).padStart(8),
      (row.fairness?.toFixed(2) ?? '–').padStart(8),
      verdict + repeated,
    ].join('  ');
  });
  const head = [
    'architecture'.padEnd(width),
    'checks',
    ' trace',
    '  req./s',
    'fairness',
    'verdict',
  ].join('  ');
  const failed = rows.filter(({ failures }) => failures.length > 0).length;
  const repeated = rows.flatMap(({ id, repeated }) => {
    return repeated.map((check) => `repeated: ${id}: ${check}`);
  });
  const skipped = wanted - rows.length;
  const sum = `${rows.length - failed} passed, ${failed} failed, ${skipped} skipped`;
  const end = `${mode}: ${sum}, in ${(seconds / 60).toFixed(1)} minutes`;
  return [head, ...lines, '', ...repeated, end].join('\n');
}

/** For the gate: each row is a test. */
export function outcomesOf({ mode, rows }: Run, quick: boolean): readonly Outcome[] {
  return rows.map(({ id, seconds, failures, repeated, checks }) => {
    const failed = failures.length > 0;
    return {
      name: `${id}, ${mode}`,
      verdict: failed ? 'failed' : 'passed',
      seconds,
      // A server that was not even built counts as one failed test.
      checks: Math.max(1, checks),
      repeats: repeated.length,
      why: (failed ? failures : repeated).join('\n'),
      again: `npm run matrix -- --mode ${mode} --filter ${id}${quick ? ' --quick' : ''}`,
    };
  });
}

const kFolder = join(kRepository, 'docs', 'matrix');

/** Keeps the other modes' results, and the rows of this mode that were not run now. */
export function writeResults(run: Run, all: readonly Architecture[]): void {
  const path = join(kFolder, 'results.json');
  const old = existsSync(path) ? resultsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const rows = { ...old[run.mode], ...keptRows(run) };
  const inOrder = all.flatMap(({ id }) => (rows[id] === undefined ? [] : [[id, rows[id]]]));
  const results: Results = { ...old, [run.mode]: Object.fromEntries(inOrder) };
  mkdirSync(kFolder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(kFolder, 'results.md'), markdown(results, all));
  writeFileSync(join(kFolder, 'results.svg'), picture(results, all));
}

function keptRows({ rows }: Run): KeptRows {
  const date = new Date().toISOString().slice(0, 10);
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      {
        date,
        seconds: Math.round(row.seconds),
        passed: row.failures.length === 0,
        checks: row.checks,
        repeated: row.repeated.length,
        traced: row.traced,
        requestsPerSecond:
          row.requestsPerSecond === null ? null : Math.round(row.requestsPerSecond),
        fairness: row.fairness === null ? null : Number(row.fairness.toFixed(2)),
      },
    ]),
  );
}

function markdown(results: Results, all: readonly Architecture[]): string {
  const sums = kModes.flatMap((mode) => {
    const rows = Object.values(results[mode] ?? {});
    if (rows.length === 0) return [];
    const wanted = all.filter((architecture) => isMeantFor(architecture, mode)).length;
    const passed = rows.filter((row) => row.passed).length;
    const failed = rows.length - passed;
    const checks = rows.reduce((sum, row) => sum + row.checks, 0).toLocaleString('en-US');
    const oldest = rows.map(({ date }) => date).sort()[0];
    const cells = [mode, wanted, passed, failed, wanted - rows.length, checks, oldest];
    return [`| ${cells.join(' | ')} |`];
  });
  return [
    '# The matrix, as tested',
    '',
    'Every architecture that the generator offers, generated, compiled, started and asked the',
    'black-box suite; who waits, accepts, reads, processes and writes is asserted from its trace; a',
    'load of two seconds over 64 connections ends with SIGTERM. Fairness: the 99th percentile of a',
    'hundred small clients beside one that never stops, ÷ without it. Written by `npm run matrix`.',
    '',
    '![the matrix](results.svg)',
    '',
    '| mode | architectures | passed | failed | skipped | checks | since |',
    '|---|--:|--:|--:|--:|--:|---|',
    ...sums,
    ...(['cpp', 'typescript'] as const).flatMap((language) => section(language, results, all)),
    '',
  ].join('\n');
}

const kTitles = { cpp: 'C++', typescript: 'TypeScript' } as const;

function section(
  language: Architecture['language'],
  results: Results,
  all: readonly Architecture[],
): readonly string[] {
  const lines = all
    .filter((architecture) => architecture.language === language)
    .map(({ id, title, warned }) => {
      const release = results.release?.[id];
      const verdicts = kModes.map((mode) => mark(results[mode]?.[id]?.passed));
      const numbers = [
        release?.checks,
        release?.traced,
        release?.requestsPerSecond,
        release?.fairness,
      ];
      const cells = [...verdicts, ...numbers.map((value) => value?.toLocaleString('en-US') ?? '–')];
      return `| ${title}${warned ? ' ⚠' : ''} | ${cells.join(' | ')} |`;
    });
  if (lines.length === 0) return [];
  return [
    '',
    `## ${kTitles[language]}`,
    '',
    '| architecture | release | ASan | TSan | checks | trace lines | requests/s | fairness |',
    '|---|:-:|:-:|:-:|--:|--:|--:|--:|',
    ...lines,
  ];
}

/** A dash if the mode has nothing to find. */
function mark(passed: boolean | undefined): string {
  if (passed === undefined) return '–';
  return passed ? '✔' : '✘';
}

/** The results as Markdown, and as the plain object written as JSON. */

import type { Spread } from '../src/load/statistics.ts';
import { type Cell, type Figure, figure, ratio } from './cell.ts';
import { type Row, rows } from './rows.ts';

/** One arrangement of cores. Each round measured all servers, one after the other. */
export interface Table {
  readonly title: string;
  readonly cells: readonly Cell[];
}

export interface Results {
  readonly machine: string;
  readonly date: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly tables: readonly Table[];
}

/** Pairs to compare: a ratio below 1 means that the first server is cheaper than the second. */
const comparisons: readonly (readonly [of: string, to: string])[] = [
  ['cpp', 'nginx'],
  ['cpp', 'floor'],
  ['cpp-sharded', 'floor'],
  ['cpp-single', 'floor'],
  ['typescript', 'nginx'],
  ['typescript', 'uws'],
  ['typescript', 'node-http'],
  ['typescript', 'cpp'],
  ['cpp-metrics', 'cpp'],
  ['cpp-access-log', 'cpp'],
  ['typescript-metrics', 'typescript'],
  ['typescript-access-log', 'typescript'],
];

export function markdown(results: Results): string {
  const { machine, date, rounds, seconds } = results;
  return [
    '# Benchmark',
    '',
    `${machine}, ${date}. ${rounds} interleaved rounds of ${seconds} s a cell; medians, with the`,
    'least and the greatest in brackets. CPU is user + system time of all the server’s processes,',
    'divided by the completed requests: the figure to trust, because wrk shares the machine.',
    '',
    ...results.tables.flatMap((table) => ['', `## ${table.title}`, ...sections(table)]),
    '',
  ].join('\n');
}

function sections(table: Table): readonly string[] {
  return rows.flatMap((row) => {
    const cells = table.cells.filter((cell) => cell.row === row.id);
    return cells.length === 0 ? [] : ['', `### ${row.title}`, '', ...section(row, cells)];
  });
}

function section(row: Row, cells: readonly Cell[]): readonly string[] {
  const reference = (name: string) => cells.find((cell) => cell.server === name);
  const measured = figureOf(row);
  const idle = row.id === 'idle';
  const heads = idle
    ? ['server', 'bytes a connection', '÷ nginx', '÷ node:http']
    : ['server', 'requests/s', 'CPU µs a request', 'CPU ÷ nginx', 'CPU ÷ node:http'];
  const lines = cells.map((cell) => [
    cell.server,
    ...(idle ? [] : [text(figure(cell, 'requestsPerSecond'))]),
    text(figure(cell, measured)),
    text(ratio(cell, reference('nginx'), measured)),
    text(ratio(cell, reference('node-http'), measured)),
  ]);
  const named = comparisons.flatMap(([of, to]) => {
    const value = ratio(reference(of), reference(to), measured);
    return value === null ? [] : [`${of} ÷ ${to}: **${text(value)}**`];
  });
  return [
    ...grid(heads, lines),
    ...(named.length === 0 ? [] : ['', named.join(' · ')]),
    ...troubles(cells),
  ];
}

/** The figure that ranks a row. */
export function figureOf(row: Row): Figure {
  return row.id === 'idle' ? 'bytesPerConnection' : 'cpuMicroseconds';
}

function troubles(cells: readonly Cell[]): readonly string[] {
  const lines = cells.flatMap((cell) => {
    const seen = cell.samples.map((sample) => (sample === null ? 'round failed' : sample.trouble));
    const unique = [...new Set(seen.filter((each) => each !== null))];
    return unique.length === 0 ? [] : [`- ${cell.server}: ${unique.join('; ')}`];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A Markdown table whose columns also line up in a terminal. */
function grid(heads: readonly string[], lines: readonly (readonly string[])[]): readonly string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [row(heads), row(rule), ...lines.map(row)];
}

function text(value: Spread | null): string {
  if (value === null) return '–';
  const { median, min, max } = value;
  return `${number(median)} (${number(min)}–${number(max)})`;
}

/** Three significant digits, with thousands separators. */
export function number(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  if (value === 0) return '0';
  return Number(value.toPrecision(3)).toString();
}

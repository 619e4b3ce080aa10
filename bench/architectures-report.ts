/** The results of every architecture, as Markdown: one table for each language. */

import type { Spread } from '../src/load/statistics.ts';
import { type Figure, figure, ratio } from './cell.ts';
import type { Sample } from './measure.ts';
import { number } from './report.ts';

export interface Load {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** Connections that wrk holds open. */
  readonly connections: number;
}

/** One architecture: per load, a sample for each round; null if that round failed. */
export interface Series {
  readonly id: string;
  readonly title: string;
  readonly language: 'cpp' | 'typescript';
  readonly warned: boolean;
  /** Whether the other architectures in the same language are compared with this one. */
  readonly reference: boolean;
  readonly samples: Readonly<Record<string, readonly (Sample | null)[]>>;
}

export interface Comparison {
  readonly machine: string;
  readonly date: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly loads: readonly Load[];
  readonly series: readonly Series[];
}

export const kLanguages = [
  ['cpp', 'C++'],
  ['typescript', 'TypeScript'],
] as const;

export function markdown(comparison: Comparison): string {
  const { machine, date, rounds, seconds, loads, series } = comparison;
  const taken = rounds === 1 ? 'One round' : `Medians of ${rounds} interleaved rounds`;
  return [
    '# Every architecture on the same loads',
    '',
    `${machine}, ${date}. ${taken} of ${seconds} s.`,
    'The server runs on core 0, with two workers where it has any (one per connection where a worker blocks), wrk on',
    'core 1. CPU is user + system time of all the server’s processes, divided by the completed',
    'requests; × is that figure divided by the one of epoll, reactor, single in the same round: below',
    '1 is cheaper. A dash: it cannot hold so many connections, or answers nobody.',
    '',
    '![the chart](architectures.svg)',
    ...kLanguages.flatMap(([language, title]) => {
      const own = series.filter((each) => each.language === language);
      const measured = loads.filter(({ id }) => own.some(({ samples }) => id in samples));
      return measured.length === 0
        ? []
        : ['', `## ${title}`, ...measured.flatMap((load) => section(load, own))];
    }),
    '',
  ].join('\n');
}

function section(load: Load, own: readonly Series[]): readonly string[] {
  const reference = own.find((each) => each.reference);
  const lines = own.map((each) => {
    const cells = [
      value(of(load, each, 'requestsPerSecond')),
      value(of(load, each, 'cpuMicroseconds')),
      value(against(load, each, reference)),
      value(of(load, each, 'p99Milliseconds')),
    ];
    return `| ${each.title}${each.warned ? ' ⚠' : ''} | ${cells.join(' | ')} |`;
  });
  return [
    '',
    `### ${load.title}`,
    '',
    '| architecture | requests/s | CPU µs a request | × | p99 ms |',
    '|---|--:|--:|--:|--:|',
    ...lines,
    ...troubles(load, own),
  ];
}

export function of(load: Load, { id, samples }: Series, name: Figure): Spread | null {
  return figure({ row: load.id, server: id, samples: samples[load.id] ?? [] }, name);
}

/** CPU time per request relative to the reference, round by round. */
export function against(load: Load, each: Series, reference: Series | undefined): Spread | null {
  if (reference === undefined) return null;
  const cell = ({ id, samples }: Series) => ({
    row: load.id,
    server: id,
    samples: samples[load.id] ?? [],
  });
  return ratio(cell(each), cell(reference), 'cpuMicroseconds');
}

function value(spread: Spread | null): string {
  return spread === null ? '–' : number(spread.median);
}

function troubles(load: Load, own: readonly Series[]): readonly string[] {
  const lines = own.flatMap(({ title, samples }) => {
    const seen = (samples[load.id] ?? []).flatMap((sample) => sample?.trouble ?? []);
    return seen.length === 0 ? [] : [`- ${title}: ${[...new Set(seen)].join('; ')}`];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

/**
 * Medians with their spread, and paired ratios: both from the same round, so that noise cancels.
 */

import type { Sample } from './measure.ts';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export type Figure = Exclude<keyof Sample, 'trouble'>;

/** One server in one row: a sample per round; null where the round failed. */
export interface Cell {
  readonly row: string;
  readonly server: string;
  readonly samples: readonly (Sample | null)[];
}

/** Null for no values. */
export function spread(values: readonly (number | null | undefined)[]): Spread | null {
  const sorted = values
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
    .sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (upper === undefined || min === undefined || max === undefined) return null;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return { median: (lower + upper) / 2, min, max };
}

/** The value below which so many percent of them are; NaN for no values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

export function figure(cell: Cell | undefined, name: Figure): Spread | null {
  return spread(cell?.samples.map((sample) => sample?.[name]) ?? []);
}

/** `of` ÷ `to`, round by round. Null when either is missing. */
export function ratio(of: Cell | undefined, to: Cell | undefined, name: Figure): Spread | null {
  if (of === undefined || to === undefined) return null;
  return spread(
    of.samples.map((sample, round) => {
      const above = sample?.[name];
      const below = to.samples[round]?.[name];
      return typeof above === 'number' && typeof below === 'number' && below > 0
        ? above / below
        : null;
    }),
  );
}

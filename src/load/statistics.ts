/** Summaries of many measurements. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Summarises the values that could be measured; null if there are none. */
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

/** The value below which this percentage of them lies; NaN for no values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

/** A server's results in a row. Ratios are computed round by round, so noise cancels out. */

import { type Spread, spread } from '../src/load/statistics.ts';
import type { Sample } from './measure.ts';

export type Figure = Exclude<keyof Sample, 'trouble'>;

/** One server in one row: a sample per round; null if the round failed. */
export interface Cell {
  readonly row: string;
  readonly server: string;
  readonly samples: readonly (Sample | null)[];
}

export function figure(cell: Cell | undefined, name: Figure): Spread | null {
  return spread(cell?.samples.map((sample) => sample?.[name]) ?? []);
}

/** `of` divided by `to`, round by round. Null if either is missing. */
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

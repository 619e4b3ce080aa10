/** A process that runs one row after the other, as ordered by its parent. */

import { offered } from './architectures.ts';
import { type Row, runRow, type Wish } from './row.ts';

export interface Order extends Wish {
  readonly id: string;
  /** See `Place`. */
  readonly directory: string;
  readonly start: readonly string[];
}

/** The name of each part as it begins, any number of times, then the row. */
export type Report = string | Row;

const architectures = offered();

async function obey({ id, directory, start, ...wish }: Order): Promise<void> {
  const architecture = architectures.find((each) => each.id === id);
  if (architecture === undefined) throw new Error(`no architecture ${id}`);
  const report = (what: Report) => process.send?.(what);
  report(await runRow({ architecture, directory, start }, wish, report));
}

// Errors here have nothing to do with the server: the parent records them for this row.
process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

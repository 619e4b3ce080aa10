/** The gate's choice of rows, for when all of them would take too long. */

import type { Architecture } from './architectures.ts';

/** The dimensions of an architecture. */
const kKeys = [
  'io.model',
  'io.trigger',
  'event.pattern',
  'concurrency.model',
  'workers.kind',
] as const;

/**
 * A subset of the rows, in their order. Every two answers that occur together in some row of `all`
 * also do so in one of these: most faults in a combination are faults in a pair of its parts. The
 * sample is always included.
 */
export function covering(all: readonly Architecture[]): readonly Architecture[] {
  const missing = new Set(all.flatMap(pairsOf));
  const chosen = new Set<Architecture>();
  const choose = (architecture: Architecture): void => {
    chosen.add(architecture);
    for (const pair of pairsOf(architecture)) missing.delete(pair);
  };
  all.filter(({ sample }) => sample).forEach(choose);
  while (missing.size > 0) {
    const gain = (architecture: Architecture): number =>
      pairsOf(architecture).filter((pair) => missing.has(pair)).length;
    choose(all.reduce((best, next) => (gain(next) > gain(best) ? next : best)));
  }
  return all.filter((architecture) => chosen.has(architecture));
}

/** `io.model=epoll & workers.kind=thread` */
function pairsOf({ values }: Architecture): readonly string[] {
  const parts = kKeys.map((key) => `${key}=${values[key]}`);
  return parts.flatMap((part, index) =>
    parts.slice(index + 1).map((other) => `${part} & ${other}`),
  );
}

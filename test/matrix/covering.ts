/** The gate's choice of rows, where all of them would take too long. */

import type { Architecture } from './architectures.ts';

/** What an architecture is made of. */
const kKeys = [
  'io.model',
  'io.trigger',
  'event.pattern',
  'concurrency.model',
  'workers.kind',
] as const;

/**
 * So many that every two answers which meet in `all` meet in one of them, in the order of `all`:
 * most of what is wrong with one combination is wrong with a pair of its parts. The sample is
 * always one of them.
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

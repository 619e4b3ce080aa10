/** What the workers of an architecture are, and how many of them "auto" means. */

import type { Spec } from '../../../src/spec/spec.ts';
import { rowOf } from '../rows.ts';

export interface Crew {
  /** For the help of `--workers`, in a few words: `loops that serve connections`. */
  readonly what: string;
  /** What "auto" means, in words. */
  readonly auto: string;
  /** How many per core; null if the cores don't matter. */
  readonly perCore: number | null;
  /** How many "auto" means if the cores don't matter; null if they do. */
  readonly fixed: number | null;
  /** The configuration file's comment: what the workers are, and why there are that many. */
  readonly story: readonly string[];
}

const kLoops = {
  what: 'loops that serve connections',
  auto: 'one per core',
  perCore: 1,
  fixed: null,
} as const;

/**
 * A blocked worker costs memory but no CPU time: what matters is the number of clients at a time.
 */
const kSleepers = { perCore: null, fixed: 64, auto: '64' } as const;

const kMoreThanCores = 'More than one per core only adds context switches.';
const kOneClientEach =
  'Each serves one client at a time and mostly sleeps. Further clients wait in the backlog.';

const kCrews: Readonly<Record<string, Crew>> = {
  'half-sync-half-async thread': {
    ...kLoops,
    story: ['Loops that serve connections, each on its own thread.', kMoreThanCores],
  },
  'half-sync-half-async process': {
    ...kLoops,
    story: ['Processes that serve connections, each with its own loop.', kMoreThanCores],
  },
  'sharded thread': {
    ...kLoops,
    story: ['Loops that serve connections, each on its own thread.', kMoreThanCores],
  },
  'sharded process': {
    ...kLoops,
    story: ['Processes that serve connections, each with its own loop.', kMoreThanCores],
  },
  'half-sync-half-reactive': {
    what: 'threads that serve the request queue',
    auto: 'four per core',
    perCore: 4,
    fixed: null,
    story: [
      'Threads that serve the request queue: more than there are cores, since a handler may wait for a',
      'database or a file.',
    ],
  },
  'half-sync-half-reactive thread direct': {
    ...kSleepers,
    what: 'threads, each serving one client',
    story: ['Threads that serve connections.', kOneClientEach],
  },
  'leader-followers': {
    what: 'threads that take turns',
    auto: 'one per core',
    perCore: 1,
    fixed: null,
    story: ['Threads that take turns waiting and serving.', kMoreThanCores],
  },
  'leader-followers thread direct': {
    ...kSleepers,
    what: 'threads, each serving one client',
    story: ['Threads that take turns accepting.', kOneClientEach],
  },
  'leader-followers process direct': {
    ...kSleepers,
    what: 'processes, each serving one client',
    story: ['Processes that take turns accepting.', kOneClientEach],
  },
  'sharded thread direct': {
    ...kSleepers,
    what: 'threads, each serving one client',
    story: ['Threads that serve connections.', kOneClientEach],
  },
  'sharded process direct': {
    ...kSleepers,
    what: 'processes, each serving one client',
    story: ['Processes that serve connections.', kOneClientEach],
  },
  'per-connection thread': {
    what: 'clients served at once, one thread each',
    auto: '256',
    perCore: null,
    fixed: 256,
    story: ['The most clients served at once, each by its own thread. Any more get a 503.'],
  },
  'per-connection process': {
    what: 'clients served at once, one process each',
    auto: '256',
    perCore: null,
    fixed: 256,
    story: ['The most clients served at once, each by its own process. Any more get a 503.'],
  },
};

/** The answers that `crewOf` reads, for `because`. */
export const kCrewKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'workers.kind',
  'workers.size',
];

/** Null for a single loop, which has no workers. */
export function crewOf(spec: Spec): Crew | null {
  return spec.values['workers.size'] === undefined ? null : rowOf(kCrews, spec.values);
}

/** Whether having more workers than cores is a mistake. */
export function wantsCores(crew: Crew | null): boolean {
  return crew === null || crew.perCore === 1;
}

/** How many "auto" means, as an expression in each language. */
export function countedBy({ perCore, fixed }: Crew): { cpp: string; typescript: string } {
  if (perCore === null) return { cpp: String(fixed), typescript: String(fixed) };
  const times = perCore === 1 ? '' : `${perCore} * `;
  return {
    cpp: `${times}hpserver::usable_core_count()`,
    typescript: `${times}availableParallelism()`,
  };
}

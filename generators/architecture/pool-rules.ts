/** What cannot grow, and what is shared at a price. */

import type { Rule } from '../../src/spec/rule.ts';

export const poolRules: readonly Rule[] = [
  {
    when: {
      'concurrency.model': ['half-sync-half-async', 'sharded'],
      'workers.kind': ['thread'],
      'workers.growth': ['growing'],
    },
    status: 'refused',
    message: 'a loop on a thread holds connections for life, and more loops than cores win nothing',
    fix: 'Choose --workers-growth fixed, or --workers-kind process.',
  },
  {
    when: { 'event.pattern': ['direct'], 'workers.growth': ['growing'] },
    status: 'refused',
    message: 'a worker asleep in accept4(2) costs next to nothing: as many as needed are started',
    fix: 'Choose --workers-growth fixed.',
  },
  {
    when: { 'pools.memory': ['shared'] },
    status: 'warn',
    message: 'all threads take blocks of memory from one pool, under one lock',
    fix: 'Prefer --pools-memory per-loop, unless memory is short.',
  },
];

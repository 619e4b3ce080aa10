/** What cannot grow, and what is costly to share. */

import type { Rule } from '../../src/spec/rule.ts';

export const poolRules: readonly Rule[] = [
  {
    when: {
      'concurrency.model': ['half-sync-half-async', 'sharded'],
      'workers.kind': ['thread'],
      'workers.growth': ['growing'],
    },
    status: 'refused',
    message:
      'a loop on a thread keeps its connections for life, and more loops than cores gain nothing',
    fix: 'Choose --workers-growth fixed, or --workers-kind process.',
  },
  {
    when: { 'event.pattern': ['direct'], 'workers.growth': ['growing'] },
    status: 'refused',
    message:
      'a worker blocked in accept4(2) costs almost nothing, so all workers are started up front',
    fix: 'Choose --workers-growth fixed.',
  },
  {
    when: { 'pools.memory': ['shared'] },
    status: 'warn',
    message: 'all threads take memory blocks from one pool, under one lock',
    fix: 'Prefer --pools-memory per-loop, unless memory is scarce.',
  },
];

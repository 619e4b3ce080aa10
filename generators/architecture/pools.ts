/** Resources that are kept ready for use: blocks of memory, slots in the queue. */

import type { ChoiceQuestion, NumberQuestion } from '../../src/spec/question.ts';

export const queueCapacity: NumberQuestion = {
  kind: 'number',
  key: 'queue.capacity',
  group: 'Pools',
  depth: 'custom',
  title: 'Request queue capacity',
  help: 'How many requests may wait for a worker; any further request is answered 503 immediately.',
  when: {
    'event.pattern': ['reactor', 'simulated-proactor', 'proactor'],
    'concurrency.model': ['half-sync-half-reactive'],
  },
  default: 1024,
  min: 1,
  max: 65_536,
  unit: 'requests',
};

export const memoryPool: ChoiceQuestion = {
  kind: 'choice',
  key: 'pools.memory',
  group: 'Pools',
  depth: 'custom',
  title: 'Memory pool',
  help: 'Where connections keep data in transit: partial requests and unsent answers.',
  when: {
    language: ['cpp'],
    'concurrency.model': [
      'per-connection',
      'half-sync-half-reactive',
      'half-sync-half-async',
      'leader-followers',
      'sharded',
    ],
    'workers.kind': ['thread'],
  },
  default: 'per-loop',
  choices: [
    {
      value: 'per-loop',
      label: 'one per loop',
      tradeoff: "No lock, stays in the core's own cache; loops cannot share spare blocks.",
      explanation:
        'Each loop has its own blocks. Taking one means popping a pointer off a list, and a ' +
        "freed block is still in that core's cache. The limit applies per loop.",
    },
    {
      value: 'shared',
      label: 'one for all, locked',
      tradeoff: 'One limit for the whole server and the least memory; a lock for each block.',
      explanation:
        'All threads take blocks from one pool under a lock. Choose it if memory is scarce and ' +
        'the load is uneven: idle loops hold nothing back. Blocks are needed only for data in ' +
        'transit, so most requests never touch the lock.',
    },
  ],
};

export const memoryGrowth: ChoiceQuestion = {
  kind: 'choice',
  key: 'pools.memory-growth',
  group: 'Pools',
  depth: 'custom',
  title: 'Memory pool growth',
  help: 'Whether blocks are allocated on demand, or all of them before the first client.',
  when: { language: ['cpp'] },
  default: 'growing',
  choices: [
    {
      value: 'growing',
      label: 'growing up to a cap',
      tradeoff: 'Memory follows the load; the first burst pays for its allocations.',
      explanation:
        'The pool starts empty and grows in slabs up to a cap derived from the maximum number of ' +
        'connections. Choose it unless you must know the memory use in advance.',
    },
    {
      value: 'fixed',
      label: 'fixed',
      tradeoff: 'All memory is there from the start and never grows; a burst beyond it is refused.',
      explanation:
        'Every block is allocated before the server listens. When none is left, a connection ' +
        'that needs one is closed. Choose it if memory is budgeted, as in a container with a ' +
        'hard limit: if the server starts, it stays within the limit.',
    },
  ],
};

/** What is kept ready for use: blocks of memory, places in the queue. */

import type { ChoiceQuestion, NumberQuestion } from '../../src/spec/question.ts';

export const queueCapacity: NumberQuestion = {
  kind: 'number',
  key: 'queue.capacity',
  group: 'Pools',
  depth: 'custom',
  title: 'Places in the request queue',
  help: 'How many requests may wait for a worker; a further one is answered 503 at once.',
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
  help: 'Where connections keep what is left over: partial requests, answers not yet taken.',
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
      tradeoff:
        "No lock and no other core's cache; what one loop has too much, another cannot use.",
      explanation:
        'Each loop has blocks of its own. Taking one is a pointer from a list, and what is freed ' +
        "is still in that core's cache. The limit stands per loop.",
    },
    {
      value: 'shared',
      label: 'one for all, locked',
      tradeoff: 'One limit for the whole server and the least memory; a lock for each block.',
      explanation:
        'All threads take from one pool under a lock. Choose it where memory is short and loads ' +
        'are uneven: idle loops hold back nothing. Blocks are only taken for what is left over, ' +
        "so that most requests don't meet the lock.",
    },
  ],
};

export const memoryGrowth: ChoiceQuestion = {
  kind: 'choice',
  key: 'pools.memory-growth',
  group: 'Pools',
  depth: 'custom',
  title: 'Growth of the memory pool',
  help: 'Whether blocks are allocated as they are needed, or all of them before the first client.',
  when: { language: ['cpp'] },
  default: 'growing',
  choices: [
    {
      value: 'growing',
      label: 'growing up to a cap',
      tradeoff: 'Memory follows the load; the first burst pays for its allocations.',
      explanation:
        'The pool begins empty and grows by slabs up to a cap that follows from the greatest ' +
        'number of connections. Choose it unless you must know the memory beforehand.',
    },
    {
      value: 'fixed',
      label: 'fixed',
      tradeoff: 'All memory is there from the start, and never more; a burst beyond it is refused.',
      explanation:
        'Every block is allocated before the server listens. When none is left, a connection ' +
        'that needs one is closed. Choose it where memory is budgeted, such as in a container ' +
        'with a hard limit: what starts, stays within it.',
    },
  ],
};

/** What the executors are, and how many: `workers.kind`, `workers.size`. */

import type { ChoiceQuestion, NumberQuestion } from '../../src/spec/question.ts';

export const workersKind: ChoiceQuestion = {
  kind: 'choice',
  key: 'workers.kind',
  group: 'Architecture',
  depth: 'custom',
  title: 'Worker type',
  help: 'Whether executors share one address space (threads) or have one each (processes).',
  default: 'thread',
  shapesArchitecture: true,
  choices: [
    {
      value: 'thread',
      label: 'threads',
      tradeoff: 'Cheap to start and to talk to; one crash takes them all down.',
      explanation:
        'All executors live in one process and share its memory: caches are filled once, and ' +
        'descriptors are handed over without a system call.',
    },
    {
      value: 'process',
      label: 'processes',
      tradeoff: 'A crash costs one worker, which is respawned; more memory, no shared state.',
      explanation:
        'Each executor is a separate process, started before the first client (prefork). The ' +
        'parent supervises them and replaces any that die.',
    },
  ],
};

/** The cap is far above any machine's cores: it only catches mistakes such as a port number. */
export const workersSize: NumberQuestion = {
  kind: 'number',
  key: 'workers.size',
  aliases: ['workers'],
  group: 'Architecture',
  depth: 'custom',
  title: 'Number of workers',
  help: 'How many workers serve connections; auto means one per core available to the server.',
  when: {
    'concurrency.model': [
      'per-connection',
      'half-sync-half-reactive',
      'half-sync-half-async',
      'leader-followers',
      'sharded',
    ],
  },
  default: 'auto',
  auto: true,
  min: 1,
  max: 1024,
  unit: 'workers',
};

export const workersGrowth: ChoiceQuestion = {
  kind: 'choice',
  key: 'workers.growth',
  group: 'Pools',
  depth: 'custom',
  title: 'Worker pool growth',
  help: 'Whether the pool keeps its initial size, or grows under load and shrinks when idle.',
  when: {
    language: ['cpp'],
    'concurrency.model': ['half-sync-half-reactive', 'half-sync-half-async', 'sharded'],
  },
  default: 'fixed',
  choices: [
    {
      value: 'fixed',
      label: 'fixed',
      tradeoff: 'The same number throughout: nothing to tune, no surprises.',
      explanation:
        'All workers are started before the first client, and any that dies is replaced. Choose ' +
        'it if there is one worker per core.',
    },
    {
      value: 'growing',
      label: 'growing up to a cap',
      tradeoff: 'Slow handlers get more workers under load; starting a worker takes time.',
      explanation:
        'The pool begins at its configured size, starts more workers while all of them are busy, ' +
        'up to a cap, and stops idle ones. Choose it if handlers wait for other services and the ' +
        'load comes in waves.',
    },
  ],
};

/** What the executors are, and how many: `workers.kind`, `workers.size`. */

import type { ChoiceQuestion, NumberQuestion } from '../../src/spec/question.ts';

export const workersKind: ChoiceQuestion = {
  kind: 'choice',
  key: 'workers.kind',
  group: 'Architecture',
  depth: 'custom',
  title: 'Kind of workers',
  help: 'Whether executors share one address space (threads) or are protected from each other.',
  default: 'thread',
  shapesArchitecture: true,
  choices: [
    {
      value: 'thread',
      label: 'threads',
      tradeoff: 'Cheap to start and to talk to; one crash ends them all.',
      explanation:
        'All executors live in one process and share its memory: caches are filled once, and ' +
        'descriptors are handed over without a system call.',
    },
    {
      value: 'process',
      label: 'processes',
      tradeoff: 'A crash costs one worker, which is respawned; more memory, no shared state.',
      explanation:
        'Each executor is a process of its own, started before the first client comes (prefork). ' +
        'The parent supervises them and replaces those that die.',
    },
  ],
};

/** The cap is far above any machine's cores: it only catches slips such as a port number. */
export const workersSize: NumberQuestion = {
  kind: 'number',
  key: 'workers.size',
  aliases: ['workers'],
  group: 'Architecture',
  depth: 'custom',
  title: 'Number of workers',
  help: 'How many workers serve connections; auto is one per core that the server may use.',
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

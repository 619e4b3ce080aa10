/**
 * What the matrix allows and this version does not build. Each line goes when its feature comes.
 */

import type { Condition } from '../../src/spec/question.ts';
import type { Rule } from '../../src/spec/rule.ts';

const kOtherModels = ['blocking', 'select', 'poll', 'sigio', 'aio', 'io_uring'];

export const unbuilt: readonly Rule[] = [
  notYet({ language: ['typescript'], 'io.model': kOtherModels }, 'Choose --io-model epoll.'),
  notYet(
    {
      language: ['typescript'],
      'concurrency.model': ['per-connection', 'half-sync-half-reactive', 'leader-followers'],
    },
    'Choose --concurrency-model single, half-sync-half-async or sharded.',
  ),
  notYet(
    { language: ['typescript'], 'workers.kind': ['process'] },
    'Choose --workers-kind thread.',
  ),
  notYet(
    { language: ['typescript'], 'event.pattern': ['simulated-proactor'] },
    'Choose --event-pattern reactor.',
  ),
  notYet(
    { language: ['cpp'], 'io.model': ['blocking', 'aio', 'io_uring'] },
    'Choose --io-model epoll.',
  ),
  notYet(
    {
      language: ['cpp'],
      'concurrency.model': ['per-connection', 'half-sync-half-reactive', 'leader-followers'],
    },
    'Choose --concurrency-model single, half-sync-half-async or sharded.',
  ),
  notYet({ language: ['cpp'], 'workers.kind': ['process'] }, 'Choose --workers-kind thread.'),
];

function notYet(when: Condition, fix: string): Rule {
  const subject = Object.keys(when).at(-1) ?? '';
  const message = `this ${subject} is not built in this version yet`;
  return { when, status: 'unbuilt', message, fix };
}

/**
 * What the matrix allows and this version does not build. Each line goes when its feature comes.
 */

import type { Condition } from '../../src/spec/question.ts';
import type { Rule } from '../../src/spec/rule.ts';

export const unbuilt: readonly Rule[] = [
  notYet(
    { 'io.model': ['blocking', 'select', 'poll', 'sigio', 'aio', 'io_uring'] },
    'Choose --io-model epoll.',
  ),
  notYet(
    { 'event.pattern': ['direct', 'proactor', 'simulated-proactor'] },
    'Choose --event-pattern reactor.',
  ),
  notYet(
    { 'concurrency.model': ['per-connection', 'half-sync-half-reactive', 'leader-followers'] },
    'Choose --concurrency-model single, half-sync-half-async or sharded.',
  ),
  notYet({ 'workers.kind': ['process'] }, 'Choose --workers-kind thread.'),
];

function notYet(when: Condition, fix: string): Rule {
  const [subject = ''] = Object.keys(when);
  const message = `this ${subject} is not built in this version yet`;
  return { when, status: 'unbuilt', message, fix };
}

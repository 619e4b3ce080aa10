/**
 * What the matrix allows and this version does not build. Each line goes when its feature comes.
 */

import type { Condition } from '../../src/spec/question.ts';
import type { Rule } from '../../src/spec/rule.ts';

export const unbuilt: readonly Rule[] = [
  notYet(
    { 'concurrency.model': ['leader-followers'], 'workers.kind': ['process'] },
    'Choose --workers-kind thread.',
  ),
];

function notYet(when: Condition, fix: string): Rule {
  const subject = Object.keys(when).at(-1) ?? '';
  const message = `this ${subject} is not built in this version yet`;
  return { when, status: 'unbuilt', message, fix };
}

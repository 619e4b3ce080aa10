/** What a middleware is: what it does before the handlers, or after them. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion } from '../../../src/spec/question.ts';
import { kWordPattern, nameQuestion } from '../names.ts';

const kGroup = 'middleware';

const name = nameQuestion(kGroup, {
  help: 'what the answers come with: request-id makes the function with-request-id',
  default: 'request-id',
  pattern: `(?!with-)${kWordPattern}`,
  patternMeaning:
    'lower-case words joined by dashes, such as request-id, without "with" before them',
  maxLength: 18,
});

const sample: ChoiceQuestion = {
  kind: 'choice',
  key: 'sample',
  group: kGroup,
  depth: 'custom',
  title: 'Sample',
  help: 'what it does until you have written what it is to do',
  choices: [
    {
      value: 'header',
      label: 'before the handler: a field in every answer',
      tradeoff: 'costs a field per answer; once the answer is given, no field can be added',
      explanation:
        'It names each answer in X-Request-Id, and goes on. A check of who asks has the same form: ' +
        'it answers itself instead of going on.',
    },
    {
      value: 'timing',
      label: 'after the handler: a line for those that are slow',
      tradeoff: 'reads the clock twice per request',
      explanation:
        'It looks at the clock before and after the handler, and notes the request where that took ' +
        'more than 100 ms. In C++ that is the time for which the handler held its thread; an answer ' +
        'that comes later is not waited for. In TypeScript it is the time to the end of its promise.',
    },
  ],
  default: 'header',
};

export const middlewareKind: AdditionKind = {
  kind: 'middleware',
  title: 'a middleware around all handlers, with a test',
  help:
    'A function that is called before the handler of any route, and decides how to go on. Several ' +
    'are called in the order of their addition. Files and refusals (404, 405) are answered without.',
  questions: [name, sample],
};

/** What a middleware is, and what it does before or after the handlers. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion } from '../../../src/spec/question.ts';
import { kWordPattern, nameQuestion } from '../names.ts';

const kGroup = 'middleware';

const name = nameQuestion(kGroup, {
  help: 'what it does or adds: request-id creates the function with-request-id',
  default: 'request-id',
  pattern: `(?!with-)${kWordPattern}`,
  patternMeaning: 'lower-case words joined by dashes, without a leading "with-"',
  maxLength: 18,
});

const sample: ChoiceQuestion = {
  kind: 'choice',
  key: 'sample',
  group: kGroup,
  depth: 'custom',
  title: 'Sample',
  help: 'sample code to start from',
  choices: [
    {
      value: 'header',
      label: 'before the handler: adds a field to every answer',
      tradeoff: 'costs one field per answer; once an answer has been sent, no field can be added',
      explanation:
        'It puts an id into X-Request-Id, and calls the next handler. An authentication check ' +
        'has the same form, except that it answers the request itself.',
    },
    {
      value: 'timing',
      label: 'after the handler: logs slow requests',
      tradeoff: 'reads the clock twice per request',
      explanation:
        'It reads the clock before and after the handler, and logs a request that took more than ' +
        '100 ms. In C++ it measures how long the handler held its thread, not how long a ' +
        'deferred answer took. In TypeScript it measures until the promise settles.',
    },
  ],
  default: 'header',
};

export const middlewareKind: AdditionKind = {
  kind: 'middleware',
  title: 'a middleware around all handlers, with a test',
  help:
    'A function that is called before the handler of any route and decides how to proceed. ' +
    'Several are called in the order in which you added them. Files and errors (404, 405) bypass ' +
    'them.',
  questions: [name, sample],
};

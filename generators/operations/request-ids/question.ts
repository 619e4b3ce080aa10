/** Whether requests have names. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const requestIds: BooleanQuestion = {
  kind: 'boolean',
  key: 'request-ids',
  group: 'Operations',
  depth: 'custom',
  title: 'Request ids',
  help: 'Names each request, for logs here and elsewhere, and keeps W3C traceparent.',
  explanation:
    'Each request has an id: the X-Request-Id of its client (a proxy, most likely) where that is ' +
    'sane, else one that no other process or machine makes. Handlers read it, the answer has it as ' +
    'X-Request-Id, and so has the access log. A valid traceparent (W3C Trace Context) is kept ' +
    'beside it. It costs no system call.',
  default: false,
};

/** Whether requests have ids. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const requestIds: BooleanQuestion = {
  kind: 'boolean',
  key: 'request-ids',
  group: 'Operations',
  depth: 'custom',
  title: 'Request IDs',
  help: 'Gives each request an id, for logs here and elsewhere, and keeps the W3C traceparent.',
  explanation:
    'Each request has an id: the X-Request-Id of its client (usually a proxy) if that is valid, ' +
    'or else one that no other process or machine generates. Handlers can read it, the answer ' +
    'has it as X-Request-Id, and so has the access log. A valid traceparent (W3C Trace Context) ' +
    'is kept with it. It costs no system call.',
  default: false,
};

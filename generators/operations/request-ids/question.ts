/** Whether requests have ids. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const requestIds: BooleanQuestion = {
  kind: 'boolean',
  key: 'request-ids',
  group: 'Operations',
  depth: 'custom',
  title: 'Request IDs',
  help: 'Gives each request an id by which any log can name it, and keeps the W3C traceparent.',
  explanation:
    'Each request has an id: the X-Request-Id of its client (usually a proxy) if that is valid, ' +
    'or else one that no other process or machine generates. Handlers can read the id, the ' +
    'answer carries it as X-Request-Id, and the access log contains it. A valid traceparent (W3C ' +
    'Trace Context) is kept with it. An id costs no system call.',
  default: false,
};

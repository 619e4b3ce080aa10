/** Whether a project calls another HTTP server, and over how many connections. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const connectionPool: ChoiceQuestion = {
  kind: 'choice',
  key: 'pools.connections',
  group: 'Pools',
  depth: 'custom',
  title: 'Upstream connections',
  help: 'Keeps connections to another HTTP server open, and adds a route that uses them.',
  when: { language: ['cpp'] },
  default: 'none',
  choices: [
    {
      value: 'none',
      label: 'none',
      tradeoff: 'The server answers by itself.',
      explanation: 'No upstream server, no route for it, no code for it.',
    },
    {
      value: 'growing',
      label: 'growing up to a cap',
      tradeoff: 'Connections follow the load and close when idle; the first requests wait.',
      explanation:
        'Connections are opened without blocking when a request needs one, kept for the next, ' +
        'and closed after a while without use. The route /upstream is an example.',
    },
    {
      value: 'fixed',
      label: 'fixed',
      tradeoff: 'No request waits for a handshake; the upstream server holds idle connections.',
      explanation:
        'All connections are opened with the first request and kept, and there are never more: ' +
        'the upstream server knows its load in advance. The route /upstream is an example.',
    },
  ],
};

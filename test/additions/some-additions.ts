/** The additions of these tests' projects: routes, a handler, middleware, protocols. */

import type { Addition } from '../../src/spec/addition.ts';

export const kAdditions: readonly Addition[] = [
  {
    kind: 'route',
    values: { name: 'user', method: 'GET', path: '/users/:id/posts/:post', handler: '' },
  },
  {
    kind: 'route',
    values: { name: 'change-user', method: 'PATCH', path: '/users/:id', handler: '' },
  },
  {
    kind: 'route',
    values: { name: 'hello', method: 'DELETE', path: '/hello', handler: 'greeting' },
  },
  { kind: 'handler', values: { name: 'greeting' } },
  { kind: 'middleware', values: { name: 'request-id', sample: 'header' } },
  { kind: 'middleware', values: { name: 'slow', sample: 'timing' } },
  ...['classic', 'compose', 'debian', 'docker', 'github-actions', 'kubernetes', 'systemd'].map(
    (target): Addition => ({ kind: 'deploy', values: { target, port: 8080 } }),
  ),
];

/** One protocol for each framing. */
export const kProtocols: readonly Addition[] = [
  { kind: 'protocol', values: { name: 'chat', framing: 'line', port: 9000 } },
  { kind: 'protocol', values: { name: 'sensor-values', framing: 'length-prefix', port: 9001 } },
];

/** Whether each address may have only so many connections. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const perIp: BooleanQuestion = {
  kind: 'boolean',
  key: 'limits.per-ip',
  group: 'Operations',
  depth: 'custom',
  title: 'A limit of connections per address',
  help: 'Lets each address have only so many connections at once, so that one cannot take all.',
  explanation:
    'Each IPv4 address, and each /64 of IPv6, may have --max-connections-per-address connections at ' +
    'once, over all threads and processes of the server; further ones are answered 503 and closed, ' +
    'counted, and told of by a line per second at most. UNIX sockets are not limited. It costs a ' +
    'system call and a look into a table per connection, and nothing per request. Behind a proxy all ' +
    'clients have its address: leave it off there, or have the proxy tell who they are.',
  default: false,
};

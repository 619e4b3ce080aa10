/** Whether the number of connections per address is limited. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const perIp: BooleanQuestion = {
  kind: 'boolean',
  key: 'limits.per-ip',
  group: 'Operations',
  depth: 'custom',
  title: 'Connection limit per address',
  help: 'Limits the simultaneous connections of each address, so no single one can take them all.',
  explanation:
    'Each IPv4 address, and each IPv6 /64, may have --max-connections-per-address simultaneous ' +
    'connections, across all threads and processes of the server. Any more are answered 503, ' +
    'closed and counted, and logged at most once per second. UNIX sockets are not limited. The ' +
    'limit costs a system call and a table look-up per connection, nothing per request. Behind a ' +
    'proxy, all clients appear to have the address of the proxy: leave this off, or have the proxy ' +
    'pass on the addresses of its clients (PROXY protocol).',
  default: false,
};

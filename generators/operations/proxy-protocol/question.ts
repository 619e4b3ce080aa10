/** Whether proxies tell whose connections they forward. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const proxyProtocol: BooleanQuestion = {
  kind: 'boolean',
  key: 'proxy-protocol',
  group: 'Operations',
  depth: 'custom',
  title: 'PROXY protocol',
  help: 'Lets proxies in front, such as HAProxy, pass on the address of each client.',
  explanation:
    'The proxies in --proxy-from (addresses, ranges, or unix: for UNIX sockets) must begin each ' +
    'connection with a PROXY protocol header, version 1 or 2; logs, handlers and limits then see ' +
    'the client that it names. Nothing is guessed: other peers keep their own address, and are ' +
    'closed if they send a header. A connection whose header is invalid or late is closed, ' +
    'counted and logged. In HAProxy: server s1 10.0.0.5:8080 send-proxy-v2.',
  default: false,
};

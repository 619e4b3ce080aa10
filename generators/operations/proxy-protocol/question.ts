/** Whether proxies tell whose connections theirs are. */

import type { BooleanQuestion } from '../../../src/spec/question.ts';

export const proxyProtocol: BooleanQuestion = {
  kind: 'boolean',
  key: 'proxy-protocol',
  group: 'Operations',
  depth: 'custom',
  title: 'PROXY protocol',
  help: 'Has proxies in front, such as HAProxy, tell whose connections theirs are.',
  explanation:
    'Those in --proxy-from (addresses, ranges, or unix: for UNIX sockets) must begin each connection ' +
    'with a header of the PROXY protocol, version 1 or 2: from then on logs, handlers and limits see ' +
    'the client that it names. Nothing is guessed: anybody else is served as it is, and closed if it ' +
    'sends a header. One that is wrong, or does not come in time, is closed, counted and told of. In ' +
    'HAProxy: server s1 10.0.0.5:8080 send-proxy-v2.',
  default: false,
};

import { expect, test } from 'vitest';
import { protocolObjections } from './objections.ts';
import type { Protocol } from './protocols.ts';

function protocol(name: string, port: number): Protocol {
  return { name, word: name, type: name, port, framing: 'line', key: name };
}

const http = { name: 'http', key: 'listen', number: 8080 };

/** Passes the ports in the order of contribution: those of features first. */
function objections(...protocols: readonly Protocol[]) {
  const own = protocols.map(({ name, port }) => ({ name, key: `listen-${name}`, number: port }));
  return protocolObjections(protocols, [http, ...own]);
}

test('each protocol has a port of its own', () => {
  expect(objections(protocol('chat', 9000), protocol('feed', 9001))).toEqual([]);
});

test.each([
  ['another protocol', [protocol('chat', 9000), protocol('feed', 9000)], 'feed and chat'],
  ['HTTP', [protocol('chat', 8080)], 'chat and http'],
])('the port of %s is taken', (_, protocols, who) => {
  expect(objections(...protocols)).toEqual([
    {
      at: expect.stringContaining('protocol'),
      message: expect.stringContaining(`${who} would both listen on port`),
      fix: 'Choose another --port.',
    },
  ]);
});

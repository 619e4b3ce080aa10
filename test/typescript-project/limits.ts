/** What happens at a server's limits: of time, of memory, and of what a stream may write ahead. */

import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ask, connected, received } from './client.ts';
import type { Trial } from './exchanges.ts';

export function limitsHold(trial: () => Trial): void {
  const start = (...flags: readonly string[]) => trial().start({ flags });

  test('S5: a handler that never answers has a deadline', async () => {
    const server = await start('--handler-timeout-ms', '200');
    expect((await fetch(`${server.url}/never/overdue`)).status).toBe(503);
    await server.logged('gone: overdue, HandlerOverdue');
    await server.logged('the handler of GET /never/:name has not answered by its deadline');
    expect(await server.stop()).toBe(0);
  });

  test('S5: a client that closes its side has gone, if the server is told so', async () => {
    const server = await start('--half-close', 'abort');
    const client = await connected(server);
    const answer = received(client);
    client.end(ask('/never/closed'));
    await server.logged('gone: closed, ClientGone');
    expect(await answer).toBe('');
    expect(await server.stop()).toBe(0);
  });

  test('a handler that keeps its thread is named', async () => {
    const server = await start('--handler-timeout-ms', '200');
    const answer = fetch(`${server.url}/blocks/1500`);
    await server.logged('the handler of GET /blocks/:ms has blocked its thread for');
    await (await answer).text();
    expect(await server.stop()).toBe(0);
  });

  test('C9a: bodies and answers beyond the budget of all are a 503', async () => {
    const server = await start('--max-buffered-bytes', '1000000');
    const size = async (body: Buffer) => {
      return (await fetch(`${server.url}/size`, { method: 'POST', body })).status;
    };
    expect(await size(Buffer.alloc(1_999_999))).toBe(503);
    expect(await size(Buffer.alloc(900_000))).toBe(200);
    const answer = await fetch(`${server.url}/bytes/3000000`);
    expect([answer.status, await answer.text()]).toEqual([503, 'Service Unavailable\n']);
    await server.logged(
      'a request was refused because all connections together buffer too much: 503',
    );
    expect(await (await fetch(`${server.url}/bytes/500000`)).text()).toHaveLength(500_000);
    expect(await size(Buffer.alloc(900_000))).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('C9: a worker takes as many connections as the flag says', async () => {
    const server = await start('--max-connections', '10100');
    const clients = await Promise.all(Array.from({ length: 10_050 }, () => connected(server)));
    const last = clients[10_049];
    last?.write(ask('/thread'));
    const [answer] = last === undefined ? [] : await once(last, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 200 /);
    for (const client of clients) client.destroy();
    expect(await server.stop()).toBe(0);
  });

  test('S9: a stream that takes no notice of its client is cut off', async () => {
    const server = await start('--max-unsent-bytes', '1000000');
    const client = await connected(server);
    client.pause().write(ask('/not-awaited'));
    await server.logged('a stream was cut off because its client does not read');
    client.destroy();
    expect(await server.stop()).toBe(0);
  });
}

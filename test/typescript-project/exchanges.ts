/** What handlers may rely on while their requests are under way, and when something ends. */

import { expect, test } from 'vitest';
import { ask, connected, pipelined, post, received } from './client.ts';
import type { Server } from './server.ts';

export interface Trial {
  /** With the routes of fixtures/exchanges.ts.txt, and one worker. */
  readonly server: Server;
  readonly start: (options?: { readonly node?: readonly string[] }) => Promise<Server>;
}

/** The main thread ends the process when it is told to. */
const kExitsOnSignal = "process.on('SIGUSR2', () => process.exit(7));";

/** Cases T1 to T3: teardowns with exchanges that are watched, and async contexts. */
export function exchangesAreKept(trial: () => Trial): void {
  const json = async (path: string) => (await fetch(trial().server.url + path)).json();

  test.each(['crash', 'exit'])('T1: a worker that ends by %s takes nobody along', async (end) => {
    const server = await trial().start();
    const watched = await watch(server);
    const [before] = await pipelined(server, '/thread');
    const client = await connected(server);
    client.write(ask(`/${end}`, 'close'));
    await received(client);
    const [after] = await pipelined(server, '/thread');
    expect(after).not.toBe(before);
    for (const client of watched) client.destroy();
    expect(await server.stop()).toBe(0);
  });

  test('T1: the process ends with the code that it was told', async () => {
    const ends = `data:text/javascript,${encodeURIComponent(kExitsOnSignal)}`;
    const server = await trial().start({ node: ['--import', ends] });
    const watched = await watch(server);
    expect(await server.stop('SIGUSR2')).toBe(7);
    for (const client of watched) client.destroy();
  });

  test('T2: what a handler enters is gone with it', async () => {
    expect(await json('/context/enter/alice')).toBe('alice');
    expect(await json('/context/store')).toBeNull();
    const both = await pipelined(trial().server, '/context/enter/alice', '/context/store');
    expect(both).toEqual(['alice', null]);
  });

  test('T3: a pipelined request is no part of the one before it', async () => {
    const paths = ['/context/run/alice', '/context/store', '/context/store', '/context/steps'];
    const answers = await pipelined(trial().server, ...paths);
    expect(answers).toEqual(['alice', null, null, ['answered', 'asked', 'asked']]);
  });
}

/** Clients whose exchanges wait: for the client's end, for its body, for it to read. */
async function watch(server: Server) {
  const clients = [await connected(server), await connected(server), await connected(server)];
  const [silent, uploading, unread] = clients;
  silent?.write(ask('/never/watched'));
  uploading?.write(`${post('/upload/watched', 200_000)}${'x'.repeat(100_000)}`);
  unread?.pause().write(ask('/unread'));
  await server.logged('called: watched');
  await server.logged('read: ');
  await server.logged('writing');
  return clients;
}

/** What handlers may rely on while their requests are in progress, and when something stops. */

import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ask, connected, pipelined, post, received } from './client.ts';
import type { Server } from './server.ts';

export interface Start {
  /** Flags for Node. */
  readonly node?: readonly string[];
  /** Flags for the server, in addition to those of every trial. */
  readonly flags?: readonly string[];
}

export interface Trial {
  /** With the routes of fixtures/exchanges.ts.txt, and one worker. */
  readonly server: Server;
  readonly start: (options?: Start) => Promise<Server>;
}

/** The main thread exits the process when told to. */
const kExitsOnSignal = "process.on('SIGUSR2', () => process.exit(7));";

/** Cases T1 to T3: teardowns with observed exchanges, and async contexts. */
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

/** Cases T4 to T6 and T23: what waits for an exchange, and what is read from it. */
export function exchangesEnd(trial: () => Trial): void {
  const call = (path: string, init?: RequestInit) => fetch(trial().server.url + path, init);

  test('T4: a handler that waits for another client fails with it', async () => {
    const { server } = trial();
    const reader = await connected(server);
    reader.pause().write(ask('/feed'));
    await server.logged('feed: begun');
    const publishing = call('/publish', { method: 'POST' });
    await server.logged('published');
    reader.resetAndDestroy();
    expect((await publishing).status).toBe(500);
    await server.logged('POST /publish');
  });

  test('T5: a write is settled by the end of its answer', async () => {
    expect((await (await call('/end-first')).text()).length).toBe(8_000_000);
    await trial().server.logged('settled: end-first: well');
  });

  test('T5: writes that nobody awaits are settled each', async () => {
    expect((await (await call('/not-awaited')).text()).length).toBe(12_000_000);
  });

  test('T5: reading a body ends with the answer', async () => {
    const client = await connected(trial().server);
    client.write(post('/answers-early', 200_000) + 'x'.repeat(100_000));
    const [answer] = await once(client, 'data');
    expect(String(answer)).toContain('early');
    await trial().server.logged('settled: answers-early: Error: the exchange is over');
    client.destroy();
  });

  test('T6: a client is where it is, whenever one asks', async () => {
    const [now, ...later] = (await (await call('/peer')).json()) as readonly string[];
    expect(now).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(later).toEqual([now, now]);
  });

  test('T23: folders of files do not use up descriptors', async () => {
    const count = async () => Number(await (await call('/descriptors/count')).text());
    const before = await count();
    for (let depth = 1; depth <= 200; depth++) {
      expect((await call(`/descriptors/${depth}`)).status).toBe(404);
    }
    expect((await count()) - before).toBeLessThan(100);
  });
}

/** Cases T16 and T17: what is reported about a finished exchange. */
export function endsAreTold(trial: () => Trial): void {
  const call = (path: string, init?: RequestInit) => fetch(trial().server.url + path, init);

  test('T16: a body that becomes too big is no client that has gone', async () => {
    const { server } = trial();
    const client = await connected(server);
    const head = post('/reads-on/too-big', 0).replace(
      'Content-Length: 0',
      'Transfer-Encoding: chunked',
    );
    client.write(`${head}186a0\r\n${'x'.repeat(100_000)}\r\n`);
    await server.logged('called: too-big');
    client.write(`1e8480\r\n${'x'.repeat(2_000_000)}\r\n`);
    expect(await received(client)).toMatch(/^HTTP\/1.1 413 /);
    await server.logged('settled: too-big: BodyRefused');
    await server.logged('gone: too-big');
  });

  test('T17: after the answer nobody has gone, but the exchange is over', async () => {
    const answer = await call('/accepted', { method: 'POST', body: 'x' });
    expect([answer.status, await answer.text()]).toEqual([202, 'later']);
    // The two lines come in different ways, from a thread and from the log, so either may be first.
    await trial().server.logged('accepted, aborted: false');
    const log = await trial().server.logged('POST /accepted');
    expect(log).toContain('the exchange is over');
  });
}

/** Cases C8, T10, T12 to T15, T18, T19 and T21: answers that cannot be sent as given. */
export function answersAreChecked(trial: () => Trial): void {
  const call = (path: string, init?: RequestInit) => fetch(trial().server.url + path, init);

  test.each(['moved', 'shrunk'])('C8, T21: bytes are sent that have %s since', async (path) => {
    const bytes = Buffer.from(await (await call(`/${path}`)).arrayBuffer());
    expect(bytes.equals(Buffer.alloc(8_388_608, 'x'))).toBe(true);
  });

  test('T10: what fails to answer has not answered', async () => {
    expect((await call('/no-root')).status).toBe(500);
    await trial().server.logged('root /missing');
    const caught = await call('/no-root/caught');
    expect([caught.status, await caught.text()]).toEqual([404, 'caught']);
  });

  test('T12: a stream is no longer than it was said to be', async () => {
    await expect(call('/exceeds').then((answer) => answer.text())).rejects.toThrow();
    await trial().server.logged('3 bytes are too many: only 2 of the announced 5 are left');
  });

  test.each(['1e30', 'Infinity', 'NaN', '1.5', '-1'])('T12: %s is no length', async (length) => {
    expect((await call(`/length/${length}`)).status).toBe(500);
    await trial().server.logged(`${Number(length)} is not a length`);
  });

  test('T13: fields that are too many are a line in the log', async () => {
    expect((await call('/cookies/7')).status).toBe(200);
    expect((await call('/cookies/15')).status).toBe(500);
    await trial().server.logged('the fields of an answer may have at most 7680 bytes together');
  });

  test.each(['NaN', '65736', '204'])('T14: %s is no status of an error', async (status) => {
    expect((await call(`/error/${status}`)).status).toBe(500);
    await trial().server.logged(`${status} is not the status of an error`);
  });

  test('T14: an error of the server is logged', async () => {
    expect((await call('/error/503')).status).toBe(503);
    await trial().server.logged('GET /error/503');
  });

  test('T15: fields of a refusal are kept', async () => {
    const refusal = await call('/error/401');
    expect(await refusal.text()).toBe('as told\n');
    expect(refusal.headers.get('www-authenticate')).toBe('Basic realm="trial"');
  });

  test.each(['function', 'undefined'])('T18: %s has no JSON', async (kind) => {
    expect((await call(`/no-json/${kind}`)).status).toBe(500);
    await trial().server.logged('has no JSON');
  });

  test('T19: bytes that are no UTF-8 stay apart', async () => {
    const client = await connected(trial().server);
    const asking = ask('/bytes-of/caf%C3%A9', 'close').replace('\r\n', '\r\nX-Name: caf\xe9\r\n');
    client.write(asking, 'latin1');
    expect(await received(client)).toContain('["caf\u00e9","caf\u00e9"]');
    expect((await call('/bytes-of/%ff')).status).toBe(400);
    expect((await call('/bytes-of/%ED%A0%80')).status).toBe(400);
  });
}

/** Cases H14, H15 and T22: answers conform to HTTP. */
export function answersKeepToHttp(trial: () => Trial): void {
  const call = (path: string) => fetch(trial().server.url + path);

  test('H14: a file is sent with the status and the type that were set before', async () => {
    const answer = await call('/lost');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/x-lost']);
    expect(await answer.text()).toContain('<html');
  });

  test.each([
    ['/text/1', 'text/plain; charset=utf-8'],
    ['/bytes/1', 'application/octet-stream'],
    ['/params/a/b', 'application/json'],
  ])('%s tells what it is', async (path, type) => {
    expect((await call(path)).headers.get('content-type')).toBe(type);
  });

  test('H15: what has no content has no type', async () => {
    const answer = await call('/no-content');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([204, null]);
  });

  test('T22: 205 has no content', async () => {
    const answer = await call('/reset-content');
    expect(answer.headers.get('content-length')).toBe('0');
    expect([answer.status, await answer.text()]).toEqual([205, '']);
  });
}

/** Clients whose exchanges wait: for the client to close, for its body, for it to read. */
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

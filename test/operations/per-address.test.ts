/** A thousand connections from one address beside a well-behaved client. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Built,
  cells,
  eventually,
  nameOf,
  project,
  type Started,
  started,
} from './projects.ts';

const kMost = 10;
const kFlood = 1000;
const kHost = '127.0.0.2';
const kRequest = 'GET /plaintext HTTP/1.1\r\nHost: guarded\r\n\r\n';

interface Client {
  readonly socket: Socket;
  /** Everything it has received. */
  heard: string;
  ended: boolean;
}

function clientOf(port: number, localAddress: string): Client {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  const client = { socket, heard: '', ended: false };
  socket.on('data', (bytes: Buffer) => {
    client.heard += bytes.toString();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    client.ended = true;
  });
  socket.on('end', () => socket.end());
  return client;
}

async function ask(client: Client): Promise<string> {
  client.heard = '';
  client.socket.write(kRequest);
  await eventually('an answer', () => client.ended || client.heard.endsWith('Hello, World!'));
  return client.heard.slice(0, 'HTTP/1.1 200'.length);
}

/** As many as are allowed, all served. */
async function served(port: number): Promise<readonly Client[]> {
  const clients: Client[] = [];
  await eventually('all places', async () => {
    const client = clientOf(port, kHost);
    if ((await ask(client)) === 'HTTP/1.1 200') clients.push(client);
    return clients.length === kMost;
  });
  return clients;
}

describe.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_, cell) => {
  let built: Built;
  let server: Started;

  beforeAll(async () => {
    built = await project(cell);
  }, 1_800_000);

  test('one address keeps its places, and takes nobody else’s', { timeout: 300_000 }, async () => {
    server = await started(built, '--max-connections-per-address', String(kMost));
    const good = clientOf(server.port, '127.0.0.1');
    const kept = await served(server.port);
    const flood = Array.from({ length: kFlood }, () => clientOf(server.port, kHost));
    for (let turn = 0; turn < 50; turn += 1) {
      expect(await ask(good)).toBe('HTTP/1.1 200');
      const another = clientOf(server.port, '127.0.0.1');
      expect(await ask(another)).toBe('HTTP/1.1 200');
      another.socket.destroy();
    }
    await eventually('the end of the flood', () => flood.every(({ ended }) => ended));
    const told = flood.filter(({ heard }) => heard !== '');
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ heard }) => !heard.startsWith('HTTP/1.1 503 '))).toEqual([]);
    for (const client of kept) expect(await ask(client)).toBe('HTTP/1.1 200');
    // When one of these clients disconnects, another one can connect.
    for (const { socket } of kept) socket.destroy();
    for (const { socket } of await served(server.port)) socket.destroy();
    const line = `${kHost} already has as many connections as one address may have`;
    await eventually('a line in the log', () => server.lines.some((each) => each.includes(line)));
    // The refusals are logged once per second and loop, not one by one.
    expect(server.lines.filter((each) => each.includes(line)).length).toBeLessThan(kFlood / 4);
    good.socket.destroy();
    await once(good.socket, 'close');
    expect(await server.stop()).toBe(0);
  });
});

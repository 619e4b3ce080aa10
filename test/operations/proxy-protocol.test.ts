/**
 * HAProxy in front of servers, with both versions of its protocol; other senders of its headers.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Built,
  cells,
  eventually,
  nameOf,
  project,
  type Started,
  started,
} from './projects.ts';

const kProxy = '127.0.0.2';
const kClient = '127.0.0.5';
const kRequest = 'GET /known HTTP/1.1\r\nHost: guarded\r\nConnection: close\r\n\r\n';

const scratch = mkdtempSync(join(tmpdir(), 'proxy-protocol-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A listening socket for another program to inherit. */
async function listening(): Promise<{
  readonly server: Server;
  readonly fd: number;
  port: number;
}> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  const address = server.address();
  return { server, fd, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** Runs HAProxy before `port`, with a listener for each way of passing on the client's address. */
async function haproxy(port: number, ways: readonly string[]) {
  const sockets = await Promise.all(ways.map(listening));
  const sections = ways.map((way, index) =>
    [
      `listen way${index}`,
      `  bind fd@${index + 3}`,
      `  server s1 127.0.0.1:${port} source ${kProxy} ${way}`,
    ].join('\n'),
  );
  const times = ['connect', 'client', 'server'].map((what) => `  timeout ${what} 60s`);
  const config = join(scratch, 'haproxy.cfg');
  writeFileSync(config, `${['defaults', '  mode http', ...times, ...sections].join('\n')}\n`);
  const fds = sockets.map(({ fd }) => fd);
  const child = spawn('haproxy', ['-db', '-f', config], {
    stdio: ['ignore', 'pipe', 'pipe', ...fds],
  });
  // From here on, the sockets belong to HAProxy.
  for (const { server } of sockets) server.close();
  return { ports: sockets.map((socket) => socket.port), child };
}

/** The answer of `/known` through a proxy: whose connection it is. */
async function known(port: number): Promise<string> {
  const asked = request({
    port,
    host: '127.0.0.1',
    path: '/known',
    localAddress: kClient,
    agent: false,
  });
  asked.end();
  const [answer] = await once(asked, 'response');
  return await text(answer);
}

async function heard(
  port: number,
  localAddress: string,
  ...pieces: readonly string[]
): Promise<string> {
  const socket: Socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  let all = '';
  socket.on('data', (bytes: Buffer) => {
    all += bytes.toString();
  });
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(20);
  }
  if (!socket.closed) await once(socket, 'close');
  return all;
}

describe.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_, cell) => {
  let built: Built;
  let server: Started;

  beforeAll(async () => {
    built = await project(cell);
    server = await started(built, '--proxy-from', `10.0.0.0/8, ${kProxy}`);
  }, 1_800_000);

  afterAll(async () => {
    expect(await server.stop()).toBe(0);
  });

  test('HAProxy tells whose connections its are', { timeout: 60_000 }, async () => {
    const ways = ['send-proxy', 'send-proxy-v2', 'send-proxy-v2 proxy-v2-options crc32c,unique-id'];
    const { ports, child } = await haproxy(server.port, ways);
    try {
      for (const port of ports) expect(await known(port)).toMatch(/^127\.0\.0\.5:\d+ /);
    } finally {
      child.kill();
      await once(child, 'close');
    }
  });

  test('a header may come in pieces', async () => {
    const pieces = [...('PROXY TCP4 192.0.2.77 192.0.2.1 5 6\r\n'.match(/.{1,5}|\r\n/gs) ?? [])];
    expect(await heard(server.port, kProxy, ...pieces, kRequest)).toContain('192.0.2.77:5 ');
  });

  test('who is no proxy is served as it is, and must not send one', async () => {
    expect(await heard(server.port, '127.0.0.9', kRequest)).toContain('127.0.0.9:');
    const header = 'PROXY TCP4 192.0.2.77 192.0.2.1 5 6\r\n';
    expect(await heard(server.port, '127.0.0.9', header + kRequest)).toBe('');
    await logged('127.0.0.9 sent a PROXY header, but proxy-from does not list it');
  });

  test('a proxy that sends anything else is closed, and told of', async () => {
    expect(await heard(server.port, kProxy, kRequest)).toBe('');
    await logged(`${kProxy} sent no valid PROXY header`);
  });

  test('what is no list of proxies is refused by name', () => {
    const [program = '', ...rest] = built.start;
    for (const list of ['10.0.0.1/8', 'host', '::1/129', ',']) {
      const flags = ['-t', '--proxy-from', list];
      const { status, stderr } = spawnSync(program, [...rest, ...flags], { cwd: built.directory });
      expect(status).toBe(2);
      expect(stderr.toString()).toMatch(/--proxy-from: .* is not a list of addresses/);
      expect(stderr.toString()).toContain(list);
    }
  });

  function logged(what: string): Promise<void> {
    return eventually(what, () => server.lines.some((line) => line.includes(what)));
  }
});

/** Pools of generated servers: workers that come and go with the load, connections to others. */

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { processTree } from '../../src/load/process-tree.ts';
import { hello, match, probe } from '../blackbox/exchange.ts';
import { launch, type Running, type Target } from '../blackbox/server.ts';
import { tcpEnds } from '../blackbox/tcp.ts';
import { ask, eventually, Wire } from '../blackbox/wire.ts';
import { builtServers } from './servers.ts';

/** A thread pool releases workers idle for 10 s, a process pool for 30 s. */
const kShrinkingMs = 180_000;

let targets: ReadonlyMap<string, Target>;
beforeAll(async () => {
  targets = await builtServers();
});

function started(name: string, flags: readonly string[]): Promise<Running> {
  const target = targets.get(name);
  if (target === undefined) throw new Error(`${name} was not built`);
  return launch(target, flags);
}

/** Clients that have been answered, and stay connected. */
async function openClients({ address }: Running, count: number): Promise<readonly Wire[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const wire = await Wire.open(address);
      wire.write(probe);
      match((await wire.answers(1))[0], hello);
      return wire;
    }),
  );
}

const threadsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).filter((task) =>
    readFileSync(`/proc/${pid}/task/${task}/comm`, 'latin1').startsWith('worker'),
  ).length;

describe.concurrent('a pool of threads that grows', () => {
  it('starts threads while requests wait, up to its cap, and ends those that idle', async () => {
    const server = await started('growing-threads', ['--workers', '1', '--max-workers', '3']);
    expect(threadsOf(server.pid)).toBe(1);
    const clients = await openClients(server, 64);
    let most = 0;
    for (let round = 2; most < 3; round += 1) {
      if (round > 500) throw new Error(`there were never more than ${most} threads`);
      for (const client of clients) client.write(probe);
      most = Math.max(most, threadsOf(server.pid));
      for (const client of clients) match((await client.answers(round))[round - 1], hello);
      most = Math.max(most, threadsOf(server.pid));
    }
    expect(most).toBe(3);
    for (const client of clients) client.destroy();
    await eventually('one thread', () => threadsOf(server.pid) === 1 || undefined, kShrinkingMs);
    match(await ask(server.address, probe), hello);
    await server.stop();
  });
});

describe.concurrent.each(['growing-shards', 'growing-workers'])('%s', (name) => {
  it('starts processes while all are busy, up to its cap, and ends those that idle', async () => {
    // With 8 connections, 4 are one worker's fair share, and with that many it counts as busy.
    const limits = ['--workers', '1', '--max-workers', '2', '--max-connections', '8'];
    const server = await started(name, limits);
    const workers = (): number => processTree(server.pid).length - 1;
    expect(workers()).toBe(1);
    const clients = await openClients(server, 6);
    await eventually('a second worker', () => workers() === 2 || undefined);
    for (const client of clients) client.write(probe);
    for (const client of clients) match((await client.answers(2))[1], hello);
    expect(workers()).toBe(2);
    for (const client of clients) client.destroy();
    await eventually('one worker', () => workers() === 1 || undefined, kShrinkingMs);
    match(await ask(server.address, probe), hello);
    await server.stop();
  });
});

/** Established connections to a local port. */
function connectionsTo(port: number): number {
  return tcpEnds().filter(({ remotePort, established }) => remotePort === port && established)
    .length;
}

const askUpstream = 'GET /upstream HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe.concurrent.each([
  ['growing-connections', 1],
  ['fixed-connections', 8],
] as const)('%s', (name, connections) => {
  it('answers what the upstream server does, over connections that it keeps', async () => {
    const upstream = await started(name, []);
    if (!('port' in upstream.address)) throw new Error('no port');
    const { port } = upstream.address;
    const server = await started(name, ['--workers', '1', '--upstream', `127.0.0.1:${port}`]);
    const page = await ask(upstream.address, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    for (let round = 0; round < 5; round += 1) {
      const answer = await ask(server.address, askUpstream);
      expect([answer.status, answer.body.equals(page.body)]).toEqual([200, true]);
    }
    // Connections that are opened at the start may not be established yet.
    await eventually('all connections', () => connectionsTo(port) >= connections || undefined);
    expect(connectionsTo(port)).toBe(connections);
    await upstream.stop();
    expect((await ask(server.address, askUpstream)).status).toBe(502);
    match(await ask(server.address, probe), hello);
    await server.stop();
  });
});

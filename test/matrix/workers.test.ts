/** Worker processes that are killed under load, and storms of signals. */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hello, match, probe } from '../blackbox/exchange.ts';
import { launch, processTree, type Running, type Target } from '../blackbox/server.ts';
import { ask, eventually, sleep, Wire } from '../blackbox/wire.ts';
import { builtTargets, isOffered } from './built.ts';

const kPools = [
  'cpp-epoll-edge-reactor-sharded-processes',
  'cpp-epoll-edge-reactor-half-sync-half-async-processes',
  'cpp-io_uring-proactor-half-sync-half-async-processes',
  'typescript-epoll-edge-reactor-sharded-processes',
  'typescript-epoll-edge-reactor-half-sync-half-async-processes',
];
const kSignalled = [
  ...kPools.slice(0, 2),
  'cpp-epoll-edge-reactor-single',
  'cpp-epoll-edge-reactor-leader-followers-threads',
  'cpp-poll-reactor-half-sync-half-reactive-threads',
  'cpp-sigio-reactor-single',
  'cpp-aio-proactor-single',
  'cpp-io_uring-proactor-sharded-threads',
  'cpp-blocking-direct-per-connection-processes',
  'cpp-blocking-direct-half-sync-half-reactive-threads',
];

let targets: ReadonlyMap<string, Target>;
beforeAll(async () => {
  targets = await builtTargets([...kPools, ...kSignalled]);
});

async function started(id: string): Promise<Running> {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  return launch(target, []);
}

interface Client {
  readonly wire: Wire;
  readonly port: number;
}

async function openClients({ address }: Running, count: number): Promise<readonly Client[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const wire = await Wire.open(address);
      wire.write(probe);
      match((await wire.answers(1))[0], hello);
      return { wire, port: wire.localPort };
    }),
  );
}

/** The ports of the clients whose sockets this process holds. See: proc(5), net/tcp. */
function clientPortsOf(pid: number): ReadonlySet<number> {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const lines = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1);
  return new Set(
    lines
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9]))
      .map((fields) => Number.parseInt(fields[2]?.split(':')[1] ?? '0', 16)),
  );
}

/** Each client asks again and again until it fails or `over()`; resolves with those that failed. */
async function askOn(
  clients: readonly Client[],
  over: () => boolean,
): Promise<ReadonlySet<number>> {
  const failed = new Set<number>();
  const run = async ({ wire, port }: Client): Promise<void> => {
    try {
      for (let round = 2; !over(); round += 1) {
        wire.write(probe);
        match((await wire.answers(round))[round - 1], hello);
        await sleep(5);
      }
    } catch {
      failed.add(port);
    }
  };
  await Promise.all(clients.map(run));
  return failed;
}

describe.each(kPools)('%s', (id) => {
  it.skipIf(!isOffered(id))(
    'replaces a killed worker within a second; only its own connections fail',
    { retry: 2 },
    async () => {
      const server = await started(id);
      const clients = await openClients(server, 40);
      const before = processTree(server.pid).slice(1);
      const owned = new Map(before.map((pid) => [pid, clientPortsOf(pid)]));
      const [victim] = before.filter((pid) => (owned.get(pid)?.size ?? 0) > 0);
      if (victim === undefined) throw new Error('no worker process has a connection');
      let over = false;
      const asking = askOn(clients, () => over);
      await sleep(100);
      process.kill(victim, 'SIGKILL');
      await eventually(
        'another worker',
        () =>
          processTree(server.pid)
            .slice(1)
            .some((pid) => !before.includes(pid)) || undefined,
        1000,
      );
      await sleep(200);
      over = true;
      const failed = await asking;
      const ports = clients.map(({ port }) => port);
      expect([...failed].sort()).toEqual(
        ports.filter((port) => owned.get(victim)?.has(port)).sort(),
      );
      for (let count = 0; count < 20; count += 1) match(await ask(server.address, probe), hello);
      for (const { wire } of clients) wire.destroy();
      await server.stop();
    },
  );
});

describe.each(kSignalled)('%s', (id) => {
  it.skipIf(!isOffered(id))('lives through 2,000 signals under load', async () => {
    const server = await started(id);
    const clients = await openClients(server, 16);
    let over = false;
    const asking = askOn(clients, () => over);
    const signals = ['SIGHUP', 'SIGCHLD', 'SIGURG', 'SIGWINCH'] as const;
    for (let count = 0; count < 2000; count += 1) {
      server.signal(signals[count % signals.length] ?? 'SIGHUP');
      if (count % 20 === 0) await sleep(1);
    }
    over = true;
    expect(await asking).toEqual(new Set());
    match(await ask(server.address, probe), hello);
    for (const { wire } of clients) wire.destroy();
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
  });
});

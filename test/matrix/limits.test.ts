/** What happens where an architecture ends: FD_SETSIZE, the threads of POSIX aio, a full queue. */

import { beforeAll, describe, expect, it } from 'vitest';
import { hello, match, probe } from '../blackbox/exchange.ts';
import { launch, type Running, type Target } from '../blackbox/server.ts';
import { ask, Wire } from '../blackbox/wire.ts';
import { builtTargets, isOffered } from './built.ts';

const kSelect = ['cpp-select-reactor-single', 'cpp-select-reactor-sharded-processes'];
const kAio = ['cpp-aio-proactor-single', 'cpp-aio-proactor-half-sync-half-reactive-threads'];
const kQueues = [
  'cpp-epoll-edge-reactor-half-sync-half-reactive-threads',
  'cpp-epoll-level-simulated-proactor-half-sync-half-reactive-threads',
  'cpp-poll-reactor-half-sync-half-reactive-threads',
  'cpp-io_uring-proactor-half-sync-half-reactive-threads',
  'typescript-epoll-edge-reactor-half-sync-half-reactive-threads',
];

let targets: ReadonlyMap<string, Target>;
beforeAll(async () => {
  targets = await builtTargets([...kSelect, ...kAio, ...kQueues]);
});

async function started(id: string, flags: readonly string[] = []): Promise<Running> {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  return launch(target, flags);
}

/** Opens one after the other; each has asked once, and has its answer or its end. */
async function openAsking(server: Running, count: number): Promise<readonly Wire[]> {
  const wires: Wire[] = [];
  for (let index = 0; index < count; index += 1) {
    const wire = await Wire.open(server.address);
    wire.write(probe);
    await wire.until('an answer or the end', () => {
      return wire.fate !== 'open' || wire.reader.answers.length > 0;
    });
    wires.push(wire);
  }
  return wires;
}

describe.each(kSelect)('%s', (id) => {
  it.skipIf(!isOffered(id))('refuses what select(2) cannot hold, and serves the rest', async () => {
    const server = await started(id, ['--max-connections', '4096']);
    const wires = await openAsking(server, 1100);
    const served = wires.filter(({ reader }) => reader.answers[0]?.status === 200);
    expect(served.length).toBeGreaterThan(800);
    for (const { reader, fate } of wires) {
      const [answer] = reader.answers;
      // Beyond those that wait for their 503 to be read, a connection is closed without a word.
      if (answer === undefined) expect(fate).toBe('closed');
      else expect([200, 503]).toContain(answer.status);
    }
    if (!id.includes('processes')) expect(served.length).toBeLessThan(1024);
    for (const wire of served) wire.write(probe);
    for (const wire of served) match((await wire.answers(2))[1], hello);
    for (const wire of wires) wire.destroy();
    await server.stop();
  });
});

describe.each(kAio)('%s', (id) => {
  it.skipIf(!isOffered(id))('serves the 201st client beside 200 idle ones', async () => {
    const server = await started(id);
    const idle = await openAsking(server, 200);
    match(await ask(server.address, probe), hello);
    for (const wire of idle) wire.write(probe);
    for (const wire of idle) match((await wire.answers(2))[1], hello);
    for (const wire of idle) wire.destroy();
    await server.stop();
  });
});

describe.each(kQueues)('%s', (id) => {
  it.skipIf(!isOffered(id))('answers 503 when its queue is full, and nobody is stuck', async () => {
    const server = await started(id, ['--workers', '1', '--queue-capacity', '1']);
    const statuses = new Map<number, number>();
    const client = async (): Promise<void> => {
      for (let round = 0; round < 50; round += 1) {
        const { status } = await ask(server.address, probe);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 64 }, client));
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    match(await ask(server.address, probe), hello);
    await server.stop();
  });
});

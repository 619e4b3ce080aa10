/** What happens at an architecture's limits: FD_SETSIZE, the threads of POSIX aio, a full queue. */

import { beforeAll, describe, expect, it } from 'vitest';
import { hello, match, probe } from '../blackbox/exchange.ts';
import { launch, type Running, type Target } from '../blackbox/server.ts';
import { type Address, ask, eventually, Wire } from '../blackbox/wire.ts';
import { askAtOnce } from './rounds.ts';
import { builtServers, isOffered, kAio, kQueues, kSelect } from './servers.ts';

let targets: ReadonlyMap<string, Target>;
beforeAll(async () => {
  targets = await builtServers();
});

async function started(id: string, flags: readonly string[] = []): Promise<Running> {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  return launch(target, flags);
}

/**
 * Opens connections one after the other. Each sends a request, and waits until it is answered or
 * closed.
 */
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

describe.concurrent.each(kSelect)('%s', (id) => {
  it.skipIf(!isOffered(id))('refuses what select(2) cannot hold, and serves the rest', async () => {
    const server = await started(id, ['--max-connections', '4096']);
    const wires = await openAsking(server, 1100);
    const served = wires.filter(({ reader }) => reader.answers[0]?.status === 200);
    expect(served.length).toBeGreaterThan(800);
    for (const { reader, fate } of wires) {
      const [answer] = reader.answers;
      // A few connections get a 503, and wait for it to be read. All others beyond the limit are
      // closed without an answer, or reset by TCP if the request had already arrived.
      if (answer === undefined) expect(['closed', 'reset']).toContain(fate);
      else expect([200, 503]).toContain(answer.status);
    }
    if (!id.includes('processes')) expect(served.length).toBeLessThan(1024);
    for (const wire of served) wire.write(probe);
    for (const wire of served) match((await wire.answers(2))[1], hello);
    for (const wire of wires) wire.destroy();
    await server.stop();
  });
});

describe.concurrent.each(kAio)('%s', (id) => {
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

/** A client that has been answered once. */
async function known(address: Address): Promise<Wire> {
  for (;;) {
    const wire = await Wire.open(address);
    wire.write(probe);
    if ((await wire.answers(1))[0]?.status === 200) return wire;
    wire.destroy();
  }
}

describe.concurrent.each(kQueues)('%s', (id) => {
  it.skipIf(!isOffered(id))('answers 503 when its queue is full, and nobody is stuck', async () => {
    const server = await started(id, ['--workers', '1', '--queue-capacity', '1']);
    const statuses = new Set<number>();
    for (let round = 0; round < 50 || statuses.size < 2; round += 1) {
      if (round > 500) throw new Error(`the only status was ${[...statuses]}`);
      // Connected beforehand: connections accepted during the burst come one by one, and would
      // never fill the queue.
      const wires: Wire[] = [];
      while (wires.length < 64) wires.push(await known(server.address));
      await askAtOnce(server, wires);
      for (const wire of wires) statuses.add((await wire.answers(2))[1]?.status ?? 0);
      for (const wire of wires) wire.destroy();
    }
    expect([...statuses].sort()).toEqual([200, 503]);
    // Closed clients may fill the queue a moment longer.
    await eventually('an answer', async () => {
      match(await ask(server.address, probe), hello);
      return true;
    });
    await server.stop();
  });
});

/** Floods: connections beyond the limit, a thousand at once, churn, leaks. */

import { cpuSeconds, descriptorCount, residentBytes } from '../../../src/load/process-tree.ts';
import { hello, match, probe, request } from '../exchange.ts';
import type { Running } from '../server.ts';
import { type Address, ask, eventually, sleep, Wire, withWire } from '../wire.ts';
import { atOnce, type Check, type Group, type World } from '../world.ts';

const mebibyte = 2 ** 20;

const checks: readonly Check[] = [
  {
    name: 'connections beyond --max-connections get a 503, and room is reused',
    connections: 9,
    run: async (world) => {
      const server = await world.launch(['--max-connections', '8']);
      const held = await openAndAsk(server.address, 8);
      for (let count = 0; count < 20; count += 1) {
        await withWire(server.address, [], async (wire) => {
          wire.write(probe);
          const [answer] = await wire.answers(1);
          match(answer, { status: 503, headers: { connection: /^close$/i } });
          await wire.ended();
        });
      }
      for (const [index, wire] of held.entries()) {
        wire.write(probe);
        match((await wire.answers(2))[1], hello, `connection ${index} during the flood`);
      }
      held[0]?.destroy();
      await eventually('room for one more', async () => {
        const answer = await ask(server.address, probe);
        return answer.status === 200 ? answer : undefined;
      });
      for (const wire of held) wire.destroy();
      await server.stop();
    },
  },
  {
    name: 'a target, a head and fields as big as their flags allow are taken, and no bigger ones',
    sampled: true,
    run: async (world) => {
      const [target, head, fields] = [100, 2000, 10];
      const server = await world.launch([
        ...['--max-target-bytes', String(target), '--max-head-bytes', String(head)],
        ...['--max-fields', String(fields)],
      ]);
      const path = '/plaintext?';
      const few = request('GET /plaintext', ['X-A: ']).length;
      const texts: readonly (readonly [text: string, status: number])[] = [
        [request(`GET ${path.padEnd(target, 'a')}`), 200],
        [request(`GET ${path.padEnd(target + 1, 'a')}`), 414],
        [request('GET /plaintext', [`X-A: ${'a'.repeat(head - few)}`]), 200],
        [request('GET /plaintext', [`X-A: ${'a'.repeat(head - few + 1)}`]), 431],
        [
          request(
            'GET /plaintext',
            Array.from({ length: fields - 1 }, () => 'X-A: b'),
          ),
          200,
        ],
        [
          request(
            'GET /plaintext',
            Array.from({ length: fields }, () => 'X-A: b'),
          ),
          431,
        ],
      ];
      for (const [text, status] of texts) {
        match(await ask(server.address, text), { status }, `${text.length} bytes`);
      }
      await server.stop();
    },
  },
  {
    name: '1,000 connections at once, each answered twice',
    run: async (world) => {
      const server = await world.launch(['--max-connections', '4096']);
      const wires = await Promise.all(
        Array.from({ length: atOnce(world, 1000) }, () => Wire.open(server.address)),
      );
      for (const round of [1, 2]) {
        for (const wire of wires) wire.write(probe);
        for (const wire of wires) match((await wire.answers(round))[round - 1], hello);
      }
      for (const wire of wires) wire.destroy();
      match(await ask(server.address, probe), hello);
      await server.stop();
    },
  },
  {
    name: '2,000 connections that come and go leave no descriptor behind',
    run: async (world) => {
      const server = await world.launch(['--root', world.root]);
      const request100k = request('GET /medium.bin', ['Connection: close']);
      await leavesNothing(server, () => churn(world, server.address, 1000, request100k));
      await server.stop();
    },
  },
  {
    name: 'connections that are reset leave no descriptor behind',
    run: async (world) => {
      const server = await world.launch(['--root', world.root]);
      match(await ask(server.address, probe), hello);
      const resetAll = async (): Promise<void> => {
        for (let round = 0; round < 10; round += 1) {
          const wires = await Promise.all(
            Array.from({ length: 50 }, () => Wire.open(server.address)),
          );
          for (const wire of wires) wire.write(request('GET /large.bin'));
          await sleep(5);
          for (const wire of wires) wire.reset();
        }
      };
      await leavesNothing(server, resetAll);
      match(await ask(server.address, probe), hello);
      await server.stop();
    },
  },
  {
    name: '100 idle connections cost no CPU time',
    run: async (world) => {
      const server = await world.launch([]);
      const held = await openAndAsk(server.address, atOnce(world, 100));
      // After the answers, the connections still cost time, as garbage is collected.
      await settled(() => cpuSeconds(server.pid));
      // A server that polls does so every second, whereas garbage is collected in at most one of
      // these seconds.
      let least = Number.POSITIVE_INFINITY;
      for (let second = 0; second < 3; second += 1) {
        const before = cpuSeconds(server.pid);
        await sleep(1000);
        least = Math.min(least, cpuSeconds(server.pid) - before);
      }
      for (const wire of held) wire.destroy();
      await server.stop();
      if (least > 0) throw new Error(`${least} s of CPU time in each second`);
    },
  },
  {
    name: 'requests leave no memory behind',
    sampled: true,
    run: (world) => plateau(world, 4 * mebibyte, (address) => flood(address, 100_000)),
  },
  {
    name: 'connections leave no memory behind',
    sampled: true,
    run: (world) =>
      plateau(world, 2 * mebibyte, (address) =>
        churn(world, address, 2000, request('GET /plaintext', ['Connection: close'])),
      ),
  },
];

/**
 * Applies load until a round adds less than `allowed` bytes. Caches and garbage collectors grow and
 * then stay the same; a leak (40 bytes a request, 1 KiB a connection) grows in every round.
 */
async function plateau(
  world: World,
  allowed: number,
  load: (address: Address) => Promise<void>,
): Promise<void> {
  const server = await world.launch(['--root', world.root]);
  await load(server.address);
  const sizes = [residentBytes(server.pid)];
  for (let round = 1; round <= 6; round += 1) {
    await load(server.address);
    const now = residentBytes(server.pid);
    const grown = now - (sizes.at(-1) ?? 0);
    sizes.push(now);
    if (grown < allowed) {
      await server.stop();
      return;
    }
  }
  throw new Error(`it grew in every round: ${sizes.join(', ')} bytes`);
}

async function openAndAsk(address: Address, count: number): Promise<Wire[]> {
  const wires: Wire[] = [];
  for (let index = 0; index < count; index += 1) {
    const wire = await Wire.open(address);
    wire.write(probe);
    match((await wire.answers(1))[0], hello);
    wires.push(wire);
  }
  return wires;
}

/** `count` connections, 50 at a time, one request each. */
async function churn(
  { blocks }: World,
  address: Address,
  count: number,
  text: string,
): Promise<void> {
  let left = count;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      match(await ask(address, text), { status: 200 });
    }
  };
  // Fewer clients if workers block: an executor that is about to exit still counts against the cap.
  await Promise.all(Array.from({ length: blocks ? 16 : 50 }, client));
}

/**
 * The first rounds may leave descriptors open: each worker keeps a file or two after its first
 * turn, and a pool grows to the size it needs. Errors: every round leaves more of them.
 */
async function leavesNothing(server: Running, round: () => Promise<void>): Promise<void> {
  const counts: number[] = [];
  while (counts.length < 6) {
    await round();
    const count = await settled(() => descriptorCount(server.pid));
    const before = counts.at(-1) ?? 0;
    // An open-file cache and a worker's first wake-up may keep a few.
    if (count <= before + 4) return;
    counts.push(count);
  }
  throw new Error(`descriptors after each round: ${counts.join(', ')}`);
}

/** `count` pipelined requests over 4 connections; answers are counted by their bytes. */
async function flood(address: Address, count: number): Promise<void> {
  const batch = 200;
  const answerBytes = await withWire(address, [], async (wire) => {
    wire.write(probe);
    await wire.answers(1);
    return wire.receivedCount;
  });
  const client = async (): Promise<void> => {
    for (let sent = 0; sent < count / 4; sent += 20 * batch) {
      await withWire(address, [], async (wire) => {
        for (let round = 1; round <= 20; round += 1) {
          wire.write(probe.repeat(batch));
          const wanted = round * batch * answerBytes;
          await wire.until(`${wanted} bytes`, () => wire.receivedCount >= wanted);
        }
      });
    }
  };
  await Promise.all(Array.from({ length: 4 }, client));
}

/** The first value that stays the same for half a second. */
async function settled(read: () => number): Promise<number> {
  return eventually('a steady figure', async () => {
    const first = read();
    await sleep(500);
    return read() === first ? { first } : undefined;
  }).then(({ first }) => first);
}

export const limits: Group = { name: 'limits', ownServers: true, serial: true, checks };

/** Slow and silent clients are let go, each by the deadline that is meant for it. */

import { hello, match, probe, request } from '../exchange.ts';
import type { Running } from '../server.ts';
import { ask, sleep, type Wire, withWire } from '../wire.ts';
import type { Check, Group, World } from '../world.ts';

const long = '60000';

/** All deadlines are long but the one under test, so that only this one can have acted. */
function deadline(flag: string, value = '400'): readonly string[] {
  const names = ['header', 'body', 'idle', 'write'].map((name) => `--${name}-timeout-ms`);
  return names.flatMap((name) => [name, name === flag ? value : long]);
}

async function withServer(
  world: World,
  flags: readonly string[],
  talk: (server: Running) => Promise<void>,
): Promise<void> {
  const server = await world.launch(['--root', world.root, ...flags]);
  await talk(server);
  match(await ask(server.address, probe), hello, 'afterwards');
  await server.stop();
}

/** Sends a byte now and then until the server ends it; the answer, if any, is a 408. */
async function dribble(wire: Wire, bytes: string): Promise<void> {
  for (const byte of bytes.repeat(200)) {
    if (wire.fate !== 'open') break;
    wire.write(byte);
    await sleep(50);
  }
  await wire.ended();
  for (const answer of wire.reader.answers) match(answer, { status: 408 });
}

const checks: readonly Check[] = [
  {
    name: 'a head that comes a byte at a time is cut off (slow-loris)',
    run: (world) =>
      withServer(world, deadline('--header-timeout-ms'), ({ address }) =>
        withWire(address, [], async (wire) => {
          wire.write('GET /plaintext HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
          await dribble(wire, 'a');
        }),
      ),
  },
  {
    name: 'a connection that never says a word is closed',
    run: (world) =>
      withServer(
        world,
        [...deadline('--header-timeout-ms'), '--idle-timeout-ms', '400'],
        ({ address }) =>
          withWire(address, [], async (wire) => {
            await wire.ended();
            for (const answer of wire.reader.answers) match(answer, { status: 408 });
          }),
      ),
  },
  {
    name: 'a second request on a connection has the same head deadline',
    run: (world) =>
      withServer(world, deadline('--header-timeout-ms'), ({ address }) =>
        withWire(address, [], async (wire) => {
          wire.write(`${probe}GET /slow HTTP/1.1\r\nX: `);
          match((await wire.answers(1))[0], hello);
          await wire.ended();
          for (const answer of wire.reader.answers.slice(1)) match(answer, { status: 408 });
        }),
      ),
  },
  {
    name: 'a body that stops coming is cut off',
    run: (world) =>
      withServer(world, deadline('--body-timeout-ms'), ({ address }) =>
        withWire(address, ['POST'], async (wire) => {
          wire.write(`${request('POST /echo', ['Content-Length: 100'])}abc`);
          await wire.ended();
          for (const answer of wire.reader.answers) match(answer, { status: 408 });
        }),
      ),
  },
  {
    name: 'a chunked body that stops coming is cut off',
    run: (world) =>
      withServer(world, deadline('--body-timeout-ms'), ({ address }) =>
        withWire(address, ['POST'], async (wire) => {
          wire.write(`${request('POST /echo', ['Transfer-Encoding: chunked'])}5\r\nab`);
          await wire.ended();
          for (const answer of wire.reader.answers) match(answer, { status: 408 });
        }),
      ),
  },
  {
    name: 'an idle keep-alive connection is closed, without a word',
    run: (world) =>
      withServer(world, deadline('--idle-timeout-ms'), ({ address }) =>
        withWire(address, [], async (wire) => {
          wire.write(probe);
          match((await wire.answers(1))[0], hello);
          if ((await wire.ended()) !== 'closed') throw new Error('reset instead of a FIN');
          if (wire.reader.answers.length > 1) throw new Error('an answer to nothing');
        }),
      ),
  },
  {
    name: 'a client that does not read is dropped',
    connections: 2,
    run: (world) =>
      withServer(world, deadline('--write-timeout-ms'), ({ address }) =>
        withWire(address, [], async (wire) => {
          wire.pause();
          // A file larger than all socket buffers together, so that the server must wait.
          wire.write(request('GET /sparse.bin'));
          await wireDropped(wire, address);
        }),
      ),
  },
  {
    name: 'a busy connection outlives every deadline',
    run: (world) =>
      withServer(
        world,
        ['header', 'body', 'idle', 'write'].flatMap((name) => [`--${name}-timeout-ms`, '400']),
        ({ address }) =>
          withWire(address, [], async (wire) => {
            for (let count = 1; count <= 25; count += 1) {
              wire.write(probe);
              match((await wire.answers(count))[count - 1], hello);
              await sleep(50);
            }
          }),
      ),
  },
];

/** A paused client sees nothing; after a while it reads on, and finds the stream cut. */
async function wireDropped(wire: Wire, address: Running['address']): Promise<void> {
  await sleep(2000);
  match(await ask(address, probe), hello, 'while the other one stalls');
  wire.resume();
  await wire.ended();
  if (wire.reader.answers.length > 0) throw new Error('the whole file came');
}

export const deadlines: Group = { name: 'deadlines', ownServers: true, serial: false, checks };

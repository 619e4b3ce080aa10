/** Slow and silent clients are disconnected, each by its own deadline. */

import { hello, match, probe, request } from '../exchange.ts';
import type { Running } from '../server.ts';
import { tcpEnds } from '../tcp.ts';
import { type Address, eventually, sleep, Wire, withWire } from '../wire.ts';
import type { Check, Group, World } from '../world.ts';

const kDeadlineMs = 400;

/** All other deadlines are disabled, so only this one can have expired; see `launch`. */
function deadline(flag: string): readonly string[] {
  return [flag, String(kDeadlineMs)];
}

async function withServer(
  world: World,
  flags: readonly string[],
  talk: (server: Running) => Promise<void>,
): Promise<void> {
  const server = await world.launch(['--root', world.root, ...flags]);
  await talk(server);
  await unlessLate(() => answered(server.address));
  await server.stop();
}

/**
 * Tries again as long as `attempt` returns undefined: the client was too slow to tell. Errors:
 * those of `attempt`.
 */
async function unlessLate<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 50; tries += 1) {
    const value = await attempt();
    if (value !== undefined) return value;
  }
  throw new Error('each time the client seemed to be late');
}

/** Undefined if the probe was answered too late: the client itself may have been slow. */
async function answered(address: Address): Promise<true | undefined> {
  const wire = await begun(address, probe);
  wire?.destroy();
  return wire === undefined ? undefined : true;
}

/**
 * A connection on which `text`, a probe and perhaps more, has been answered once. Undefined if it
 * was closed at a deadline. Errors: it was closed before half the deadline.
 */
async function begun(address: Address, text: string): Promise<Wire | undefined> {
  const before = performance.now();
  const wire = await Wire.open(address);
  wire.write(text);
  await wire.until('an answer or the end', () => {
    return wire.fate !== 'open' || wire.reader.answers.length > 0;
  });
  const [answer] = wire.reader.answers;
  if (answer?.status === 200) {
    match(answer, hello);
    return wire;
  }
  wire.destroy();
  if (answer !== undefined) match(answer, { status: 408 });
  const waitedMs = performance.now() - before;
  if (waitedMs < kDeadlineMs / 2) throw new Error(`let go after ${waitedMs.toFixed(0)} ms`);
  return undefined;
}

/**
 * Sends a byte now and then until the server closes the connection; the answer, if any, is a 408.
 */
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
        [...deadline('--header-timeout-ms'), ...deadline('--idle-timeout-ms')],
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
      withServer(world, deadline('--header-timeout-ms'), async ({ address }) => {
        const text = `${probe}GET /slow HTTP/1.1\r\nX: `;
        const wire = await unlessLate(() => begun(address, text));
        await wire.ended();
        for (const answer of wire.reader.answers.slice(1)) match(answer, { status: 408 });
        wire.destroy();
      }),
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
    name: 'a body that comes a byte at a time is cut off (S10)',
    run: (world) =>
      withServer(world, deadline('--body-timeout-ms'), ({ address }) =>
        withWire(address, ['POST'], async (wire) => {
          wire.write(request('POST /echo', ['Content-Length: 1000']));
          await dribble(wire, 'a');
        }),
      ),
  },
  {
    name: 'an idle keep-alive connection is closed, without a word',
    run: (world) =>
      withServer(world, deadline('--idle-timeout-ms'), async ({ address }) => {
        const wire = await unlessLate(() => begun(address, probe));
        if ((await wire.ended()) !== 'closed') throw new Error('reset instead of a FIN');
        if (wire.reader.answers.length > 1) throw new Error('an answer to nothing');
        wire.destroy();
      }),
  },
  {
    name: 'a client that does not read is dropped',
    connections: 2,
    run: (world) =>
      withServer(world, deadline('--write-timeout-ms'), ({ address }) =>
        withWire(address, [], async (wire) => {
          wire.pause();
          // A file larger than all socket buffers together, so the server must wait.
          wire.write(request('GET /sparse.bin'));
          await dropped(wire, address);
        }),
      ),
  },
  {
    name: 'a busy connection outlives every deadline',
    run: (world) =>
      withServer(
        world,
        ['header', 'body', 'idle', 'write'].flatMap((name) => {
          return [`--${name}-timeout-ms`, String(kBusyDeadlineMs)];
        }),
        async ({ address }) => {
          await unlessLate(() => keepBusy(address));
        },
      ),
  },
];

/** Longer than a busy machine makes a server wait for a core, which the client can't observe. */
const kBusyDeadlineMs = 3000;

/**
 * Sends requests for three times as long as the deadlines. Undefined if the machine delayed the
 * client itself by half a deadline, so the result proves nothing. Errors: the server has closed the
 * connection.
 */
async function keepBusy(address: Address): Promise<true | undefined> {
  const wire = await Wire.open(address);
  const begin = performance.now();
  let before = begin;
  try {
    for (let count = 1; performance.now() - begin < 3 * kBusyDeadlineMs; count += 1) {
      wire.write(probe);
      await wire.until('an answer or the end', () => {
        return wire.fate !== 'open' || wire.reader.answers.length === count;
      });
      if (performance.now() - before > kBusyDeadlineMs / 2) return undefined;
      match(wire.reader.answers[count - 1], hello);
      before = performance.now();
      await sleep(50);
    }
    return true;
  } finally {
    wire.destroy();
  }
}

/**
 * A paused client sees nothing; once the server has closed the connection, it finds the stream cut.
 */
async function dropped(wire: Wire, address: Address): Promise<void> {
  await eventually('the end of the stalled connection', () => {
    const isHeld = tcpEnds().some(
      ({ remotePort, established }) => remotePort === wire.localPort && established,
    );
    return isHeld ? undefined : true;
  });
  await unlessLate(() => answered(address));
  wire.resume();
  await wire.ended();
  if (wire.reader.answers.length > 0) throw new Error('the whole file came');
}

export const deadlines: Group = { name: 'deadlines', ownServers: true, serial: false, checks };

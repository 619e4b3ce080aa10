/** What clients do to a connection between and during requests. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { hello, match, probe, request, show } from '../exchange.ts';
import { contents } from '../public-tree.ts';
import { type Address, ask, sleep, Wire, withWire } from '../wire.ts';
import type { Check, Group } from '../world.ts';
import { maxBodyBytes } from '../world.ts';

const echo = (length: number, more = '') =>
  `POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n${more}\r\n`;

const checks: readonly Check[] = [
  {
    name: 'a thousand requests on one connection, one after the other',
    run: ({ address }) =>
      withWire(address, [], async (wire) => {
        for (let count = 1; count <= 1000; count += 1) {
          wire.write(probe);
          match((await wire.answers(count))[count - 1], hello);
        }
      }),
  },
  {
    name: 'a half-closed client gets the whole reply',
    run: ({ address }) =>
      withWire(address, [], async (wire) => {
        wire.write(request('GET /large.bin') + probe);
        wire.finish();
        const answers = await wire.answers(2);
        match(answers[0], { status: 200, body: contents('large.bin') });
        match(answers[1], hello);
        if ((await wire.ended()) !== 'closed') throw new Error('reset instead of a FIN');
      }),
  },
  {
    name: 'a client that connects and half-closes at once is closed',
    run: ({ address }) =>
      withWire(address, [], async (wire) => {
        wire.finish();
        if ((await wire.ended()) !== 'closed') throw new Error('reset instead of a FIN');
        if (wire.receivedCount > 0) throw new Error('an answer to nothing');
      }),
  },
  {
    name: 'a head that ends in a FIN gets no normal answer',
    run: ({ address }) =>
      withWire(address, [], async (wire) => {
        wire.write(probe.slice(0, -3));
        wire.finish();
        await wire.ended();
        for (const answer of wire.reader.answers) match(answer, { status: [400, 408] });
      }),
  },
  {
    name: 'a body that ends in a FIN gets no normal answer',
    run: ({ address }) =>
      withWire(address, ['POST'], async (wire) => {
        wire.write(`${echo(10)}12345`);
        wire.finish();
        await wire.ended();
        for (const answer of wire.reader.answers) match(answer, { status: [400, 408] });
      }),
  },
  {
    name: '100 Continue comes before the body, the answer after it',
    run: ({ address }) =>
      withWire(address, ['POST'], async (wire) => {
        wire.write(echo(5, 'Expect: 100-continue\r\n'));
        await wire.until('100 Continue', () => wire.reader.interim.includes(100));
        if (wire.reader.answers.length > 0) throw new Error('answered before the body');
        wire.write('hello');
        match((await wire.answers(1))[0], { status: 200, body: 'hello' });
        if (wire.reader.interim.length !== 1) throw new Error('more than one interim answer');
      }),
  },
  {
    name: '100 Continue for a chunked body',
    run: ({ address }) =>
      withWire(address, ['POST'], async (wire) => {
        wire.write(request('POST /echo', ['Transfer-Encoding: chunked', 'Expect: 100-Continue']));
        await wire.until('100 Continue', () => wire.reader.interim.includes(100));
        wire.write('5\r\nhello\r\n0\r\n\r\n');
        match((await wire.answers(1))[0], { status: 200, body: 'hello' });
      }),
  },
  {
    name: 'a body that is too large is refused before 100 Continue',
    run: ({ address }) =>
      withWire(address, ['POST'], async (wire) => {
        wire.write(echo(maxBodyBytes + 1, 'Expect: 100-continue\r\n'));
        match((await wire.answers(1))[0], { status: 413 });
        if (wire.reader.interim.length > 0) throw new Error('it was asked for the body');
      }),
  },
  {
    name: 'HTTP/1.0 never gets 100 Continue',
    run: ({ address }) =>
      withWire(address, ['POST'], async (wire) => {
        wire.write('POST /echo HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
        await sleep(50);
        wire.write('ok');
        match((await wire.answers(1))[0], { status: 200, body: 'ok' });
        if (wire.reader.interim.length > 0) throw new Error('an interim answer to HTTP/1.0');
      }),
  },
  lingering('413', `${echo(64 * maxBodyBytes)}`, 413),
  lingering('400', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', 400),
  lingering('Connection: close', request('GET /plaintext', ['Connection: close']), 200),
  {
    name: 'a reset in the middle of requests leaves the server alive',
    run: async ({ address }) => {
      const fragments = ['', 'GET', probe.slice(0, 20), `${echo(9)}123`, request('GET /large.bin')];
      for (let round = 0; round < 40; round += 1) {
        const wire = await Wire.open(address);
        wire.write(fragments[round % fragments.length] ?? '');
        await sleep(1);
        wire.reset();
      }
      match(await ask(address, probe), hello);
    },
  },
  {
    name: 'large files to many readers, half of which vanish',
    run: async ({ address }) => {
      const reader = async (_: unknown, index: number): Promise<void> =>
        withWire(address, [], async (wire) => {
          wire.write(request('GET /large.bin'));
          if (index % 2 === 1) {
            await wire.until('a first part', () => wire.receivedCount > 1_000_000);
            wire.reset();
            return;
          }
          match((await wire.answers(1))[0], { status: 200, body: contents('large.bin') });
        });
      await Promise.all(Array.from({ length: 8 }, reader));
      match(await ask(address, probe), hello);
    },
  },
  {
    name: 'a reader that pauses again and again gets every byte',
    run: ({ address }) =>
      withWire(address, [], async (wire) => {
        wire.write(request('GET /large.bin') + probe);
        for (let round = 0; round < 40 && wire.reader.answers.length === 0; round += 1) {
          wire.pause();
          await sleep(5);
          wire.resume();
          await sleep(1);
        }
        const answers = await wire.answers(2);
        match(answers[0], { status: 200, body: contents('large.bin') });
        match(answers[1], hello);
      }),
  },
  {
    name: 'a client that only sends, and reads the echoes later, loses none',
    run: ({ address }) =>
      withWire(address, Array(64).fill('POST'), async (wire) => {
        const body = 'e'.repeat(200_000);
        wire.pause();
        for (let count = 0; count < 64; count += 1) wire.write(echo(body.length) + body);
        await sleep(100);
        wire.resume();
        for (const answer of await wire.answers(64)) {
          if (answer.body.length !== body.length) throw new Error(show(answer));
        }
      }),
  },
];

/**
 * The server lingers for two seconds. A client that takes longer than half of that may have been
 * too slow.
 */
const kInTime = 1000;

/**
 * The server has decided already, but the client keeps sending: it must be able to read the whole
 * answer.
 */
function lingering(what: string, head: string, status: number): Check {
  return {
    name: `a client that is still sending receives its ${what} and no reset`,
    run: async ({ address }) => {
      // If the client itself was too slow, the result proves nothing, so it tries again.
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const { milliseconds, wasReset } = await floodOn(address, head, status);
        // Linux delivers what arrived before a RST; a client on another system would have lost the
        // answer.
        if (wasReset && milliseconds < kInTime) throw new Error('reset while it was sending');
        if (!wasReset) return;
      }
      throw new Error('never in time: this machine is too busy to tell');
    },
  };
}

/** Keeps sending after the answer; returns how long that took, and whether a reset ended it. */
async function floodOn(
  address: Address,
  head: string,
  status: number,
): Promise<{ milliseconds: number; wasReset: boolean }> {
  return await withWire(address, ['POST'], async (wire) => {
    const flood = Buffer.alloc(65_536, 'x');
    wire.write(head);
    wire.write(flood);
    match((await wire.answers(1))[0], { status });
    const answered = performance.now();
    for (let count = 0; count < 31; count += 1) {
      wire.write(flood);
      await nextTurn();
    }
    await wire.handedOver();
    await wire.ended();
    // Sends bytes after the FIN, too: a lingering server reads them, a closed connection answers
    // with a RST.
    for (let count = 0; count < 25 && !wire.wasReset; count += 1) {
      wire.write('x');
      await sleep(20);
    }
    return { milliseconds: performance.now() - answered, wasReset: wire.wasReset };
  });
}

export const connections: Group = {
  name: 'connections',
  ownServers: false,
  serial: false,
  checks,
};

/**
 * What hostile clients do: each conversation ends by itself. It checks what a server owes even
 * them: its answers are well-formed, and it closes a connection once the client has.
 */

import { hello, match, probe, request } from '../exchange.ts';
import { type Address, sleep, type Wire, withWire } from '../wire.ts';
import type { Random } from './random.ts';

type Talk = (wire: Wire, random: Random) => Promise<void>;

/** Requests without HEAD, so every answer's framing follows from the answer itself. */
const kRequests: readonly string[] = [
  probe,
  request('GET /json'),
  request('GET /nothing/here?q=%41'),
  request('GET /large.bin'),
  request('GET /medium.bin', ['Range: bytes=1-1000,2000-']),
  request('POST /echo', ['Content-Length: 5'], 'hello'),
  request('POST /echo', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n2;a=b\r\n, \r\n0\r\n\r\n'),
  request('DELETE /plaintext'),
  request('OPTIONS *'),
];

function pieces(text: Buffer, random: Random): readonly Buffer[] {
  const cuts: Buffer[] = [];
  for (let at = 0; at < text.length; ) {
    const size = random.chance(0.5) ? random.between(1, 8) : random.between(1, 600);
    cuts.push(text.subarray(at, at + size));
    at += size;
  }
  return cuts;
}

/** In pieces, a few of them with pauses that let the server read. */
async function say(wire: Wire, text: string | Buffer, random: Random): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  for (const piece of pieces(bytes, random)) {
    wire.write(piece);
    if (random.chance(0.1)) await sleep(random.below(3));
  }
  await wire.handedOver();
}

/** FIN: a client that has sent everything is disconnected. */
async function leave(wire: Wire): Promise<void> {
  wire.finish();
  await wire.ended();
}

function mutated(text: string, random: Random): Buffer {
  let bytes = Buffer.from(text, 'latin1');
  const telling = Buffer.from('\r\n\r\n :,;\t\0\x7f\x80/*[]%0159afzA', 'latin1');
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const at = random.below(bytes.length + 1);
    const put = telling.subarray(random.below(telling.length)).subarray(0, random.below(3));
    const taken = random.below(4);
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + taken)]);
  }
  return bytes;
}

/** Half of them never end. */
function badChunks(random: Random): string {
  const bad = ['ffffffffffffffffff\r\n', '-1\r\n', '5\r\nhelloX', '\r\n', '5 \r\nhello\r\n'];
  const open = ['5\r\nhel', 'ff', '5;a="\r\n', '0\r\nTrailer: x\r\n', '1\r\n'];
  const good = '5\r\nhello\r\n'.repeat(random.below(4));
  const chunks = good + random.pick(random.chance(0.5) ? bad : open);
  return request('POST /echo', ['Transfer-Encoding: chunked'], chunks);
}

function hugeHead(random: Random): string {
  const size = random.between(1_000, 100_000);
  const long = 'x'.repeat(size);
  return random.pick([
    `GET /${long} HTTP/1.1\r\nHost: a\r\n\r\n`,
    request('GET /plaintext', [`Long: ${long}`]),
    request(
      'GET /plaintext',
      Array.from({ length: size / 10 }, (_, at) => `N${at}: ${at}`),
    ),
    `GET /plaintext HTTP/1.1\r\nHost: a\r\nOpen: ${long}`,
  ]);
}

async function pipeline(wire: Wire, random: Random): Promise<number> {
  const count = random.between(2, 40);
  await say(wire, probe.repeat(count), random);
  return count;
}

/** By name. Those that must get a valid answer check for it themselves. */
export const conversations: Readonly<Record<string, Talk>> = {
  'random splits': async (wire, random) => {
    const count = await pipeline(wire, random);
    for (const answer of await wire.answers(count)) match(answer, hello);
    await leave(wire);
  },
  'half-closes': async (wire, random) => {
    const count = await pipeline(wire, random);
    await say(wire, random.pick(kRequests).slice(0, random.below(60)), random);
    wire.finish();
    for (const answer of await wire.answers(count)) match(answer, hello);
    await wire.ended();
  },
  aborts: async (wire, random) => {
    const text = random.pick(kRequests);
    await say(wire, text.slice(0, random.below(text.length + 1)), random);
  },
  resets: async (wire, random) => {
    await say(wire, random.pick(kRequests).repeat(random.between(1, 20)), random);
    if (random.chance(0.5)) await sleep(random.below(5));
    wire.reset();
  },
  'slow reads': async (wire, random) => {
    wire.pause();
    const large = random.chance(0.5) ? request('GET /large.bin') : probe.repeat(500);
    await say(wire, large, random);
    await sleep(random.below(100));
    if (random.chance(0.5)) return wire.reset();
    wire.resume();
    await leave(wire);
  },
  garbage: async (wire, random) => {
    await say(wire, random.bytes(random.between(1, 2_000)), random);
    await leave(wire);
  },
  mutations: async (wire, random) => {
    await say(wire, mutated(random.pick(kRequests), random), random);
    await leave(wire);
  },
  'pipelines of all kinds': async (wire, random) => {
    const count = random.between(1, 30);
    const texts = Array.from({ length: count }, () => random.pick(kRequests));
    await say(wire, texts.join(''), random);
    if (random.chance(0.3)) return wire.reset();
    await leave(wire);
  },
  'huge heads': async (wire, random) => {
    await say(wire, hugeHead(random), random);
    await leave(wire);
  },
  'bad chunks': async (wire, random) => {
    await say(wire, badChunks(random), random);
    await leave(wire);
  },
  'short bodies': async (wire, random) => {
    const length = random.between(1, 2_000_000);
    const body = 'x'.repeat(random.below(Math.min(length, 20_000)));
    await say(wire, request('POST /echo', [`Content-Length: ${length}`], body), random);
    if (random.chance(0.5)) return wire.reset();
    await leave(wire);
  },
  silence: async (wire, random) => {
    await sleep(random.below(20));
    if (random.chance(0.5)) await leave(wire);
  },
};

/** Errors: the server has broken its contract. */
export function converse(address: Address, name: string, random: Random): Promise<void> {
  return withWire(address, [], async (wire) => {
    await conversations[name]?.(wire, random);
  });
}

/** A request/response case as data, its check, and the amplifier that cuts its bytes apart. */

import type { Answer } from './response.ts';
import { type Address, type Fate, sleep, type Wire, withWire } from './wire.ts';
import type { Check } from './world.ts';

export interface Expected {
  /** The method this responds to; a response to HEAD has no body. */
  readonly to?: string;
  readonly status: number | readonly number[];
  /** By lower-case name: exact text, a pattern, or null for "absent". */
  readonly headers?: Readonly<Record<string, string | RegExp | null>>;
  readonly body?: string | Buffer;
}

export interface Exchange {
  readonly name: string;
  /** Latin-1 text, or bytes. */
  readonly send: string | Buffer;
  readonly answers: readonly Expected[];
  /** The connection's state afterwards; `either` if the RFC leaves it open. */
  readonly fate: 'open' | 'closed' | 'either';
  /** False for inputs too big to send hundreds of times. */
  readonly amplify?: boolean;
}

export const hello: Expected = { status: 200, body: 'Hello, World!' };

/** A request's text; `Host` comes first unless `headers` starts with its own. */
export function request(
  line: string,
  headers: readonly string[] = [],
  body = '',
  host: string | null = 'localhost',
): string {
  const fields = [...(host === null ? [] : [`Host: ${host}`]), ...headers];
  return `${line} HTTP/1.1\r\n${fields.map((each) => `${each}\r\n`).join('')}\r\n${body}`;
}

export const probe: string = request('GET /plaintext');

interface Transcript {
  readonly answers: readonly Answer[];
  readonly fate: Fate;
}

/** Each exchange becomes three checks: as one write, cut at every byte, and byte by byte. */
export function exchanges(list: readonly Exchange[]): readonly Check[] {
  return list.flatMap((exchange) => {
    const whole: Check = {
      name: exchange.name,
      run: async ({ address }) => {
        judge(exchange, await converse(address, exchange, [bytesOf(exchange.send)]));
      },
    };
    if (exchange.amplify === false) return [whole];
    return [
      whole,
      {
        name: `${exchange.name}, cut at every byte`,
        run: ({ address }) => cutEverywhere(address, exchange),
      },
      {
        name: `${exchange.name}, byte by byte`,
        run: async ({ address }) => {
          const expected = await converse(address, exchange, [bytesOf(exchange.send)]);
          same(
            expected,
            await converse(address, exchange, crumbs(bytesOf(exchange.send))),
            'bytewise',
          );
        },
      },
    ];
  });
}

function bytesOf(text: string | Buffer): Buffer {
  return Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1');
}

async function converse(
  address: Address,
  exchange: Exchange,
  parts: readonly Buffer[],
): Promise<Transcript> {
  const methods = exchange.answers.map((answer) => answer.to ?? 'GET');
  return withWire(address, methods, async (wire) => {
    for (const [index, part] of parts.entries()) {
      // The pause lets the server read what came before; without it, TCP would join the writes. Two
      // parts get a long pause, as they have only one chance to arrive apart; of many parts, most
      // do so anyway.
      if (index > 0) await sleep(parts.length === 2 ? 10 : 1);
      wire.write(part);
    }
    const answers = await wire.answers(exchange.answers.length);
    return { answers, fate: await fateOf(wire, answers.length) };
  });
}

/** A live connection answers one more request and then closes cleanly; a dead one has sent FIN. */
async function fateOf(wire: Wire, count: number): Promise<Fate> {
  if (wire.reader.answers.at(-1)?.headers.get('connection')?.toLowerCase() !== 'close') {
    wire.write(probe);
  }
  await wire.until(
    'one more answer or the end',
    () => wire.fate !== 'open' || wire.reader.answers.length > count,
  );
  const extra = wire.reader.answers[count];
  if (extra === undefined) {
    if (wire.reader.rest.length > 0) throw new Error(`leftover ${wire.reader.rest.toString()}`);
    return wire.fate;
  }
  match(extra, hello, 'the probe after the last answer');
  wire.finish();
  const end = await wire.ended();
  if (end !== 'closed') throw new Error(`after our FIN the connection was ${end}`);
  if (wire.reader.answers.length > count + 1) {
    const seen = wire.reader.answers.map(show).join(' | ');
    throw new Error(`more answers than expected; the connection should have closed: ${seen}`);
  }
  return 'open';
}

function judge(exchange: Exchange, transcript: Transcript): void {
  for (const [index, expected] of exchange.answers.entries()) {
    match(transcript.answers[index], expected, `answer ${index + 1}`);
  }
  const { fate } = transcript;
  if (fate === 'reset') throw new Error('the connection was reset; a clean close has a FIN');
  if (exchange.fate !== 'either' && fate !== exchange.fate) {
    throw new Error(`the connection is ${fate}, expected ${exchange.fate}`);
  }
}

/** Throws unless `answer` is what was expected; the message shows both. */
export function match(answer: Answer | undefined, expected: Expected, what = 'answer'): void {
  if (answer === undefined) throw new Error(`${what} is missing`);
  const wrong = (why: string) => new Error(`${what}: ${why}; got ${show(answer)}`);
  const statuses = [expected.status].flat();
  if (!statuses.includes(answer.status)) throw wrong(`status is not ${statuses.join(' or ')}`);
  for (const [name, want] of Object.entries(expected.headers ?? {})) {
    const value = answer.headers.get(name) ?? null;
    const fits = want instanceof RegExp ? value !== null && want.test(value) : value === want;
    if (!fits) throw wrong(`${name} is ${JSON.stringify(value)}, not ${String(want)}`);
  }
  if (expected.body === undefined) return;
  if (!answer.body.equals(bytesOf(expected.body))) {
    throw wrong(`the body differs (${answer.body.length} bytes)`);
  }
}

export function show(answer: Answer): string {
  const fields = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('; ');
  const body = JSON.stringify(answer.body.subarray(0, 200).toString('latin1'));
  return `${answer.status} ${answer.reason} {${fields}} ${body}`;
}

function same(expected: Transcript, actual: Transcript, how: string): void {
  const normal = ({ answers, fate }: Transcript) =>
    JSON.stringify({
      fate,
      answers: answers.map((answer) => ({
        status: answer.status,
        headers: [...answer.headers].filter(([name]) => name !== 'date').sort(),
        body: answer.body.toString('base64'),
      })),
    });
  if (normal(expected) === normal(actual)) return;
  const text = ({ answers, fate }: Transcript) => `${answers.map(show).join(' | ')} ${fate}`;
  throw new Error(`${how}: got ${text(actual)} instead of ${text(expected)}`);
}

async function cutEverywhere(address: Address, exchange: Exchange): Promise<void> {
  const bytes = bytesOf(exchange.send);
  const expected = await converse(address, exchange, [bytes]);
  const cuts = cutPoints(bytes.length);
  const worker = async (): Promise<void> => {
    for (let cut = cuts.pop(); cut !== undefined; cut = cuts.pop()) {
      const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
      try {
        same(expected, await converse(address, exchange, parts), `cut at byte ${cut}`);
      } catch (error) {
        throw new Error(`cut at byte ${cut} of ${bytes.length}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

/** Every byte of a short input; for a long one, the first 256, the last 16 and 64 between. */
function cutPoints(length: number): number[] {
  if (length <= 640) return Array.from({ length: length - 1 }, (_, index) => index + 1);
  const stride = Math.floor(length / 64);
  const points = new Set<number>();
  for (let at = 1; at <= 256; at += 1) points.add(at);
  for (let at = 257; at < length; at += stride) points.add(at);
  for (let at = length - 16; at < length; at += 1) points.add(at);
  return [...points];
}

/** Single bytes; a long input continues in 256 pieces after its first 256 bytes. */
function crumbs(bytes: Buffer): Buffer[] {
  const stride = Math.max(1, Math.floor(bytes.length / 256));
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const size = at < 256 ? 1 : stride;
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}

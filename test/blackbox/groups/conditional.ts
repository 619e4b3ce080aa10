/** Validators, preconditions and encodings. See: RFC 9110 sections 8.8, 12.5.3 and 13. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Expected, match, request } from '../exchange.ts';
import { contents, script } from '../public-tree.ts';
import type { Answer } from '../response.ts';
import { type Address, ask } from '../wire.ts';
import type { Check, Group } from '../world.ts';

const body = contents('kib.txt');
const now = 'Thu, 04 Mar 2021 05:06:07 GMT';
const before = 'Thu, 04 Mar 2021 05:06:06 GMT';
const after = 'Thu, 04 Mar 2021 05:06:08 GMT';

async function etagOf(address: Address, path = '/kib.txt'): Promise<string> {
  return (await ask(address, request(`HEAD ${path}`), 'HEAD')).headers.get('etag') ?? '';
}

/** Fields containing ETAG, and the status they lead to. */
const preconditions: readonly (readonly [name: string, fields: readonly string[], number])[] = [
  ['If-None-Match that matches', ['If-None-Match: ETAG'], 304],
  ['If-None-Match, weak comparison', ['If-None-Match: W/ETAG'], 304],
  ['If-None-Match in a list', ['If-None-Match: "a", "b,c" ,ETAG'], 304],
  ['If-None-Match in two fields', ['If-None-Match: "a"', 'If-None-Match: ETAG'], 304],
  ['If-None-Match: *', ['If-None-Match: *'], 304],
  ['If-None-Match that differs', ['If-None-Match: "a", "b"'], 200],
  ['If-Modified-Since the same second', [`If-Modified-Since: ${now}`], 304],
  ['If-Modified-Since later', [`If-Modified-Since: ${after}`], 304],
  ['If-Modified-Since earlier', [`If-Modified-Since: ${before}`], 200],
  ['If-Modified-Since as RFC 850', ['If-Modified-Since: Thursday, 04-Mar-21 05:06:07 GMT'], 304],
  ['If-Modified-Since as asctime', ['If-Modified-Since: Thu Mar  4 05:06:07 2021'], 304],
  ['If-Modified-Since that is no date', ['If-Modified-Since: yesterday'], 200],
  [
    'two If-Modified-Since (H9)',
    [`If-Modified-Since: ${after}`, `If-Modified-Since: ${after}`],
    200,
  ],
  [
    'two If-Unmodified-Since (H9)',
    [`If-Unmodified-Since: ${before}`, `If-Unmodified-Since: ${before}`],
    200,
  ],
  [
    'If-Modified-Since on 30 February (H9)',
    ['If-Modified-Since: Thu, 30 Feb 2090 00:00:00 GMT'],
    200,
  ],
  [
    'If-Modified-Since with an impossible day',
    ['If-Modified-Since: Thu, 99 Mar 2021 05:06:07 GMT'],
    200,
  ],
  [
    'If-None-Match outranks If-Modified-Since',
    ['If-None-Match: "a"', `If-Modified-Since: ${now}`],
    200,
  ],
  ['If-Match that matches', ['If-Match: "a", ETAG'], 200],
  ['If-Match that differs', ['If-Match: "a"'], 412],
  ['If-Match is a strong comparison', ['If-Match: W/ETAG'], 412],
  ['If-Match: *', ['If-Match: *'], 200],
  ['If-Unmodified-Since the same second', [`If-Unmodified-Since: ${now}`], 200],
  ['If-Unmodified-Since earlier', [`If-Unmodified-Since: ${before}`], 412],
  [
    'If-Match outranks If-Unmodified-Since',
    ['If-Match: ETAG', `If-Unmodified-Since: ${before}`],
    200,
  ],
  ['If-Match before If-None-Match', ['If-Match: "a"', 'If-None-Match: ETAG'], 412],
];

const conditions: readonly Check[] = preconditions.flatMap(([name, fields, status]) =>
  ['GET', 'HEAD'].map((method) => ({
    name: `${method} with ${name}`,
    run: async ({ address }) => {
      const etag = await etagOf(address);
      const text = request(
        `${method} /kib.txt`,
        fields.map((each) => each.replace('ETAG', etag)),
      );
      const answer = await ask(address, text, method);
      const shown = status === 412 ? {} : { headers: { etag, 'last-modified': now } };
      const bytes = status === 200 && method === 'GET' ? { body } : {};
      match(answer, { status, ...shown, ...bytes });
      const length = answer.headers.get('content-length') ?? '1024';
      if (status === 304 && length !== '1024') throw new Error(`a 304 with length ${length}`);
    },
  })),
);

/** Accept-Encoding, and the coding the answer must have; null is identity. */
const negotiations: readonly (readonly [accept: string | null, coding: 'br' | 'gzip' | null])[] = [
  [null, null],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['GZIP', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0.8, gzip;q=0.5', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.000, gzip;q=0.0', null],
  ['gzip ; q=1.0', 'gzip'],
  ['*', 'br'],
  ['*;q=0.1, br;q=0', 'gzip'],
  ['identity', null],
  ['identity;q=1, gzip;q=0.5', null],
  ['deflate', null],
  ['', null],
  ['gzipped, brr', null],
];

const codings: readonly Check[] = negotiations.map(([accept, coding]) => ({
  name: `Accept-Encoding: ${accept ?? '(none)'} gives ${coding ?? 'identity'}`,
  run: async ({ address }) => {
    const fields = accept === null ? [] : [`Accept-Encoding: ${accept}`];
    const answer = await ask(address, request('GET /packed.js', fields));
    match(answer, {
      status: 200,
      headers: {
        'content-encoding': coding,
        'content-type': /^(text|application)\/javascript\b/,
        vary: /\baccept-encoding\b/i,
      },
    });
    if (decoded(answer) !== script) throw new Error('the decoded bytes differ');
  },
}));

function decoded(answer: Answer): string {
  const coding = answer.headers.get('content-encoding');
  if (coding === 'br') return brotliDecompressSync(answer.body).toString();
  if (coding === 'gzip') return gunzipSync(answer.body).toString();
  return answer.body.toString();
}

const packed: readonly Check[] = [
  {
    name: 'only the encodings that lie there are offered',
    run: async ({ address }) => {
      const text = request('GET /gzip-only.css', ['Accept-Encoding: br, gzip']);
      const answer = await ask(address, text);
      match(answer, { status: 200, headers: { 'content-encoding': 'gzip' } });
      if (decoded(answer) !== script) throw new Error('the decoded bytes differ');
    },
  },
  {
    name: 'each encoding has its own ETag, and the other one does not match',
    run: async ({ address }) => {
      const tag = async (accept: string) =>
        (await ask(address, request('GET /packed.js', [`Accept-Encoding: ${accept}`]))).headers.get(
          'etag',
        );
      const tags = [await tag('identity'), await tag('gzip'), await tag('br')];
      if (new Set(tags).size !== 3) throw new Error(`the ETags are ${tags.join(', ')}`);
      const fields = ['Accept-Encoding: br', `If-None-Match: ${tags[1]}`];
      match(await ask(address, request('GET /packed.js', fields)), { status: 200 });
      const own: Expected = { status: 304, headers: { vary: /accept-encoding/i } };
      match(
        await ask(
          address,
          request('GET /packed.js', ['Accept-Encoding: br', `If-None-Match: ${tags[2]}`]),
        ),
        own,
      );
    },
  },
  {
    name: 'a range of a packed file is a range of what its headers say',
    run: async ({ address }) => {
      const accept = 'Accept-Encoding: gzip';
      const whole = await ask(address, request('GET /packed.js', [accept]));
      const part = await ask(address, request('GET /packed.js', [accept, 'Range: bytes=3-12']));
      const packedToo = part.headers.get('content-encoding') === 'gzip';
      const source = packedToo ? whole.body : Buffer.from(script);
      // A server may ignore Range (RFC 9110 section 14.2), but then it must send everything.
      if (part.status === 200) match(part, { status: 200, body: source });
      else match(part, { status: 206, body: source.subarray(3, 13) });
    },
  },
];

export const conditional: Group = {
  name: 'conditional',
  ownServers: false,
  serial: false,
  checks: [...conditions, ...codings, ...packed],
};

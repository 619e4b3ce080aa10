/** Byte ranges. See: RFC 9110 section 14. */

import { match, request, show } from '../exchange.ts';
import { contents } from '../public-tree.ts';
import type { Answer } from '../response.ts';
import { type Address, ask } from '../wire.ts';
import type { Check, Group } from '../world.ts';

const whole = contents('kib.txt');

/** A Range value on a file of 1024 bytes, and its first and last byte; null is "the whole file". */
const singles: readonly (readonly [range: string, part: readonly [number, number] | null])[] = [
  ['bytes=0-0', [0, 0]],
  ['bytes=0-1023', [0, 1023]],
  ['bytes=10-19', [10, 19]],
  ['bytes=1000-', [1000, 1023]],
  ['bytes=0-', [0, 1023]],
  ['bytes=1023-1023', [1023, 1023]],
  ['bytes=1000-99999999999', [1000, 1023]],
  ['bytes=-1', [1023, 1023]],
  ['bytes=-1024', [0, 1023]],
  ['bytes=-99999999999', [0, 1023]],
  ['bytes= 5-6', [5, 6]],
  ['bytes=5-6,', [5, 6]],
  ['lines=1-2', null],
];

/** Values that break the grammar: ignored, or refused as unsatisfiable. */
const nonsense = [
  'bytes=6-5',
  'bytes=a-b',
  'bytes=',
  'bytes',
  'bytes=1',
  'bytes=--1',
  'bytes=0x1-2',
];

const unsatisfiable = ['bytes=1024-', 'bytes=5000-6000', 'bytes=-0', 'bytes=1024-1025,2000-'];

const get = (address: Address, fields: readonly string[], path = '/kib.txt') =>
  ask(address, request(`GET ${path}`, fields));

const single: readonly Check[] = singles.map(([range, part]) => ({
  name: `Range: ${range}`,
  run: async ({ address }) => {
    const answer = await get(address, [`Range: ${range}`]);
    if (part === null)
      match(answer, { status: 200, headers: { 'content-range': null }, body: whole });
    else matchPart(answer, part);
  },
}));

function matchPart(answer: Answer, [first, last]: readonly [number, number]): void {
  match(answer, {
    status: 206,
    headers: {
      'content-range': `bytes ${first}-${last}/1024`,
      'content-length': String(last - first + 1),
      etag: /^"/,
    },
    body: whole.subarray(first, last + 1),
  });
}

const broken: readonly Check[] = nonsense.map((range) => ({
  name: `Range: ${range} is not a range`,
  run: async ({ address }) => {
    const answer = await get(address, [`Range: ${range}`]);
    if (answer.status === 200) match(answer, { status: 200, body: whole });
    else match(answer, { status: 416, headers: { 'content-range': 'bytes */1024' } });
  },
}));

const beyond: readonly Check[] = unsatisfiable.map((range) => ({
  name: `Range: ${range} can't be satisfied`,
  run: async ({ address }) => {
    const answer = await get(address, [`Range: ${range}`]);
    match(answer, { status: 416, headers: { 'content-range': 'bytes */1024' } });
  },
}));

/** Several ranges, and the parts that must be sent, in order. */
const multiples: readonly (readonly [string, readonly (readonly [number, number])[]])[] = [
  [
    'bytes=0-1,5-6',
    [
      [0, 1],
      [5, 6],
    ],
  ],
  [
    'bytes=0-0, -1',
    [
      [0, 0],
      [1023, 1023],
    ],
  ],
  [
    'bytes=500-599,0-99',
    [
      [500, 599],
      [0, 99],
    ],
  ],
  [
    'bytes=0-9,5000-6000,20-29',
    [
      [0, 9],
      [20, 29],
    ],
  ],
];

const multiple: readonly Check[] = multiples.map(([range, parts]) => ({
  name: `Range: ${range}`,
  run: async ({ address }) => {
    const answer = await get(address, [`Range: ${range}`]);
    match(answer, { status: 206, headers: { 'content-range': null } });
    const seen = partsOf(answer);
    const bytes = ([first, last]: readonly [number, number]) => ({
      range: `bytes ${first}-${last}/1024`,
      body: whole.subarray(first, last + 1).toString('latin1'),
    });
    if (JSON.stringify(seen) !== JSON.stringify(parts.map(bytes))) throw new Error(show(answer));
  },
}));

/** Reads multipart/byteranges strictly (RFC 2046 section 5.1.1). */
function partsOf(answer: Answer): readonly { range: string; body: string }[] {
  const type = answer.headers.get('content-type') ?? '';
  const boundary = /^multipart\/byteranges; ?boundary="?([0-9A-Za-z'()+_,./:=?-]{1,70})"?$/.exec(
    type,
  )?.[1];
  if (boundary === undefined) throw new Error(`no boundary in ${type}`);
  const text = `\r\n${answer.body.toString('latin1')}`.replace(/^\r\n\r\n/, '\r\n');
  const pieces = text.split(`\r\n--${boundary}`);
  if (pieces[0] !== '' || !/^--(\r\n)?$/.test(pieces.at(-1) ?? '')) throw new Error(show(answer));
  return pieces.slice(1, -1).map((piece) => {
    const [head = '', ...rest] = piece.split('\r\n\r\n');
    const range = /\r\nContent-Range: ([^\r\n]+)/i.exec(head)?.[1] ?? '';
    if (!/\r\nContent-Type: text\/plain/i.test(head))
      throw new Error(`a part without type: ${head}`);
    return { range, body: rest.join('\r\n\r\n') };
  });
}

const old = 'Thu, 04 Mar 2021 05:06:06 GMT';
const same = 'Thu, 04 Mar 2021 05:06:07 GMT';

const others: readonly Check[] = [
  {
    name: 'If-Range with the ETag gives the part',
    run: async ({ address }) => {
      const etag = (await get(address, [])).headers.get('etag');
      matchPart(await get(address, ['Range: bytes=1-2', `If-Range: ${etag}`]), [1, 2]);
    },
  },
  {
    name: 'If-Range with the date gives the part',
    run: async ({ address }) => {
      matchPart(await get(address, ['Range: bytes=1-2', `If-Range: ${same}`]), [1, 2]);
    },
  },
  ...['"other"', old, 'W/ETAG'].map(
    (validator): Check => ({
      name: `If-Range: ${validator} gives the whole file`,
      run: async ({ address }) => {
        const etag = (await get(address, [])).headers.get('etag') ?? '';
        const fields = ['Range: bytes=1-2', `If-Range: ${validator.replace('ETAG', etag)}`];
        match(await get(address, fields), { status: 200, body: whole });
      },
    }),
  ),
  {
    name: 'two Range fields are none (H10)',
    run: async ({ address }) => {
      const fields = ['Range: bytes=1-2', 'Range: bytes=1-2'];
      match(await get(address, fields), { status: 200, body: whole });
    },
  },
  {
    name: 'a precondition outranks the range',
    run: async ({ address }) => {
      const etag = (await get(address, [])).headers.get('etag');
      match(await get(address, ['Range: bytes=1-2', `If-None-Match: ${etag}`]), { status: 304 });
      match(await get(address, ['Range: bytes=9999-', 'If-Match: "x"']), { status: 412 });
    },
  },
  {
    name: 'a range of the empty file',
    run: async ({ address }) => {
      const answer = await get(address, ['Range: bytes=0-0'], '/empty.bin');
      if (answer.status === 200) match(answer, { status: 200, body: '' });
      else match(answer, { status: 416, headers: { 'content-range': 'bytes */0' } });
    },
  },
  {
    name: 'ranges of a large file add up to the file',
    run: async ({ address }) => {
      const large = contents('large.bin');
      const middle = 5_000_001;
      const ranges = [`bytes=0-${middle - 1}`, `bytes=${middle}-`];
      const parts = await Promise.all(
        ranges.map((range) => get(address, [`Range: ${range}`], '/large.bin')),
      );
      for (const part of parts) match(part, { status: 206 });
      if (!Buffer.concat(parts.map((part) => part.body)).equals(large)) throw new Error('differs');
    },
  },
  {
    name: 'HEAD ignores Range or answers as GET would, without a body',
    run: async ({ address }) => {
      const text = request('HEAD /kib.txt', ['Range: bytes=0-9']);
      match(await ask(address, text, 'HEAD'), { status: [200, 206], body: '' });
    },
  },
  {
    name: 'a thousand overlapping ranges do not multiply the file',
    run: async ({ address }) => {
      const many = Array.from({ length: 1000 }, (_, index) => `${index % 7}-`).join(',');
      const answer = await get(address, [`Range: bytes=${many}`], '/medium.bin');
      match(answer, { status: [200, 206, 400, 416, 431] });
      if (answer.body.length > 2 * 102_400) throw new Error(`${answer.body.length} bytes`);
    },
  },
];

export const ranges: Group = {
  name: 'ranges',
  ownServers: false,
  serial: false,
  checks: [...single, ...broken, ...beyond, ...multiple, ...others],
};

/**
 * Ambiguous or broken framing: one error answer, then the connection closes, because the start of
 * the next request is unknown. See: RFC 9112 sections 2.2, 3.2, 5, 6.3, 7.1 and 11.2.
 */

import { type Exchange, exchanges, hello, match, request } from '../exchange.ts';
import { withWire } from '../wire.ts';
import type { Check, Group } from '../world.ts';
import { maxBodyBytes } from '../world.ts';

const next = request('GET /plaintext');

/** Refused, and the request smuggled after it stays unanswered. */
function refused(name: string, send: string, status: number | readonly number[] = 400): Exchange {
  return { name, send: send + next, answers: [{ to: 'POST', status }], fate: 'closed' };
}

const post = (headers: readonly string[], body = '') => request('POST /echo', headers, body);
const chunked = (body: string) => post(['Transfer-Encoding: chunked'], body);
const raw = (fields: string) => `GET /plaintext HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`;

const lengths: readonly Exchange[] = [
  refused('two different Content-Lengths', post(['Content-Length: 3', 'Content-Length: 4'], 'abc')),
  refused('a negative Content-Length', post(['Content-Length: -1'])),
  refused('a signed Content-Length', post(['Content-Length: +3'], 'abc')),
  refused('a Content-Length list that differs', post(['Content-Length: 3, 4'], 'abc')),
  refused('a hexadecimal Content-Length', post(['Content-Length: 0x3'], 'abc')),
  refused('an empty Content-Length', post(['Content-Length:'], '')),
  refused('a blank inside Content-Length', post(['Content-Length: 1 0'], '0123456789')),
  refused(
    'a Content-Length beyond 64 bits',
    post(['Content-Length: 18446744073709551619'], 'abc'),
    [400, 413],
  ),
  refused(
    'a Content-Length of 40 digits',
    post([`Content-Length: ${'9'.repeat(40)}`], 'abc'),
    [400, 413],
  ),
  refused(
    'a body larger than allowed, by its length',
    post([`Content-Length: ${maxBodyBytes + 1}`], 'abc'),
    413,
  ),
  {
    name: 'a body larger than allowed, sent in full before reading',
    send: post([`Content-Length: ${2 * maxBodyBytes}`], 'x'.repeat(2 * maxBodyBytes)),
    answers: [{ to: 'POST', status: 413 }],
    fate: 'closed',
    amplify: false,
  },
];

/**
 * H12: a handler that echoes while it reads would have started its answer before the limit was
 * exceeded.
 */
const unannounced: Check = {
  name: 'a chunked body larger than allowed gets a 413 (H12)',
  run: ({ address }) =>
    withWire(address, ['POST'], async (wire) => {
      wire.write(chunked(`${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(17)}0\r\n\r\n`));
      match((await wire.answers(1))[0], { status: 413 });
      if ((await wire.ended()) !== 'closed') throw new Error('reset');
    }),
};

/** H8: a chunk can be refused by its size alone, before its bytes are sent. */
const announced: readonly Exchange[] = ['800001', 'FFFFFFFFFFFFFFFF'].map((size) => ({
  name: `a chunk of ${size} bytes is refused on sight (H8)`,
  send: chunked(`${size}\r\n`),
  answers: [{ to: 'POST', status: 413 }],
  fate: 'closed',
}));

const codings: readonly Exchange[] = [
  refused(
    'Transfer-Encoding and Content-Length',
    post(['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  ),
  refused(
    'Content-Length after Transfer-Encoding',
    post(['Transfer-Encoding: chunked', 'Content-Length: 3'], '0\r\n\r\n'),
  ),
  refused('an unknown transfer coding', post(['Transfer-Encoding: frob'], 'abc'), [400, 501]),
  refused('a coding before chunked', post(['Transfer-Encoding: gzip, chunked'], 'x'), [400, 501]),
  refused('chunked not last', post(['Transfer-Encoding: chunked, gzip'], '0\r\n\r\n'), [400, 501]),
  refused('chunked twice', post(['Transfer-Encoding: chunked, chunked'], '0\r\n\r\n'), [400, 501]),
  refused(
    'chunked twice, in two fields',
    post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    [400, 501],
  ),
  refused('a disguised coding', post(['Transfer-Encoding: \x0bchunked'], '0\r\n\r\n'), [400, 501]),
  refused(
    'a Transfer-Encoding in HTTP/1.0',
    'POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ),
  refused('a chunk size that is no number', chunked('xyz\r\nabc\r\n0\r\n\r\n')),
  refused('an empty chunk size', chunked('\r\nabc\r\n0\r\n\r\n')),
  refused('a negative chunk size', chunked('-1\r\nabc\r\n0\r\n\r\n')),
  refused('a chunk size with 0x', chunked('0x3\r\nabc\r\n0\r\n\r\n')),
  refused('a chunk size beyond 64 bits', chunked('10000000000000003\r\nabc\r\n'), [400, 413]),
  refused('a chunk longer than its size', chunked('3\r\nabcd\r\n0\r\n\r\n')),
  refused('a chunk-size line that ends in LF', chunked('3\nabc\r\n0\r\n\r\n')),
  refused('chunk data that ends in LF', chunked('3\r\nabc\n0\r\n\r\n')),
  refused('a chunk extension without a name (H11)', chunked('3;\r\nabc\r\n0\r\n\r\n')),
  refused('a quote that stays open (H11)', chunked('3;a="b; c\r\nabc\r\n0\r\n\r\n')),
  refused('a chunk extension without its value (H11)', chunked('3;a=\r\nabc\r\n0\r\n\r\n')),
  refused('a bare CR in a chunk extension', chunked('3;a\rb\r\nabc\r\n0\r\n\r\n')),
  refused('a trailer without colon', chunked('0\r\nnonsense\r\n\r\n')),
  refused(
    'an endless chunk extension',
    chunked(`1;${'a'.repeat(100_000)}\r\na\r\n0\r\n\r\n`),
    [400, 413, 431],
  ),
  refused(
    'endless trailers',
    chunked(`0\r\n${`X-Trailer: ${'a'.repeat(90)}\r\n`.repeat(1000)}\r\n`),
    [400, 413, 431],
  ),
];

const lines: readonly Exchange[] = [
  refused('a request line that ends in LF', 'GET /plaintext HTTP/1.1\nHost: localhost\r\n\r\n'),
  refused('a header line that ends in LF', raw('X-A: b\n')),
  refused('a head that ends in LF LF', 'GET /plaintext HTTP/1.1\nHost: localhost\n\n'),
  refused('a bare CR in a value', raw('X-A: b\rc\r\n')),
  refused('a bare CR in a name', raw('X-A\r: b\r\n')),
  refused('a folded header', raw('X-A: b\r\n c\r\n')),
  refused('a header that starts with a blank', 'GET / HTTP/1.1\r\n Host: localhost\r\n\r\n'),
  refused('a space before the colon', raw('X-A : b\r\n')),
  refused("a space in Content-Length's name", post(['Content-Length : 3'], 'abc')),
  refused('a header without colon', raw('X-A\r\n')),
  refused('a header without name', raw(': b\r\n')),
  refused('a NUL in a value', raw('X-A: b\0c\r\n')),
  refused('a NUL in a name', raw('X\0A: b\r\n')),
  refused('a control character in a value', raw('X-A: b\x07c\r\n')),
  refused('a byte above 127 in a name', raw('X-\xe4: b\r\n')),
  refused('a NUL in the target', 'GET /plain\0text HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  refused('a blank in the target', 'GET /plain text HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  refused('a tab after the method', 'GET\t/plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  refused('two blanks after the method', 'GET  /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  refused('no target', 'GET HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  refused('HTTP/0.9', 'GET /plaintext\r\n\r\n', [400, 505]),
  refused('a target that is no path', request('GET plaintext')),
  refused('a method with a colon', request('G:T /plaintext'), [400, 501]),
  refused('TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'),
  refused('HTTP/2.0', 'GET /plaintext HTTP/2.0\r\nHost: localhost\r\n\r\n', 505),
  refused("HTTP/2's preface", 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505]),
  refused('HTTP/3.1', 'GET /plaintext HTTP/3.1\r\nHost: localhost\r\n\r\n', 505),
  refused('a version without digits', 'GET / HTTP/x.y\r\nHost: localhost\r\n\r\n', [400, 505]),
  refused('a version in lower case', 'GET / http/1.1\r\nHost: localhost\r\n\r\n', [400, 505]),
];

/** A target's authority follows the rules for Host. See: RFC 9112 section 3.2. */
const authorities: readonly Exchange[] = [
  ...[
    'a:b:c',
    '.',
    '..a',
    '[abcd::1',
    '[ab..cd::1]',
    '1.2.3.4:9000:80',
    'a:99999',
    'me@a',
    'a b',
  ].flatMap((authority) => [
    refused(`the authority ${authority} (H2)`, request(`GET http://${authority}/plaintext`)),
    refused(`the Host ${authority} (H7)`, request('GET /plaintext', [], '', authority)),
  ]),
  refused('a target of another scheme (H3)', request('GET ftp://localhost/plaintext')),
  refused('https without TLS (H3)', request('GET https://localhost/plaintext'), [400, 421]),
  ...['[v1.a:b]', '[::ffff:1.2.3.4]:80', 'a.example.', 'a%2Db:'].flatMap((authority) => [
    {
      name: `the authority ${authority} is well-formed (H2)`,
      send: request(`GET http://${authority}/plaintext`),
      answers: [hello],
      fate: 'open' as const,
    },
    {
      name: `the Host ${authority} is well-formed (H7)`,
      send: request('GET /plaintext', [], '', authority),
      answers: [hello],
      fate: 'open' as const,
    },
  ]),
];

const hosts: readonly Exchange[] = [
  refused('no Host', request('GET /plaintext', [], '', null)),
  refused('two Hosts', request('GET /plaintext', ['Host: localhost'])),
  refused('a Host with a blank', request('GET /plaintext', [], '', 'a b')),
  refused('a Host with a slash', request('GET /plaintext', [], '', 'a/b')),
  refused('a Host with user information', request('GET /plaintext', [], '', 'me@localhost')),
  refused('a Host list', request('GET /plaintext', [], '', 'a.example, b.example')),
  refused('a Host with a bad port', request('GET /plaintext', [], '', 'localhost:http')),
  {
    name: 'an empty Host',
    send: request('GET /plaintext', [], '', ''),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'a Host with a port',
    send: request('GET /plaintext', [], '', 'localhost:8080'),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'a Host that is an IPv6 address',
    send: request('GET /plaintext', [], '', '[::1]:80'),
    answers: [hello],
    fate: 'open',
  },
];

const sizes: readonly Exchange[] = [
  refused('a target of 70,000 bytes', request(`GET /${'a'.repeat(70_000)}`), 414),
  refused('a header of 100,000 bytes', request('GET /', [`X-A: ${'a'.repeat(100_000)}`]), 431),
  refused('a header name of 100,000 bytes', request('GET /', [`${'a'.repeat(100_000)}: b`]), 431),
  refused(
    '5,000 headers',
    request(
      'GET /',
      Array.from({ length: 5000 }, (_, index) => `X-${index}: b`),
    ),
    431,
  ),
  {
    name: 'a target of 2,000 bytes is fine',
    send: request(`GET /plaintext?${'a'.repeat(2000)}`),
    answers: [hello],
    fate: 'open',
  },
  {
    name: '50 headers are fine',
    send: request(
      'GET /plaintext',
      Array.from({ length: 50 }, (_, index) => `X-${index}: b`),
    ),
    answers: [hello],
    fate: 'open',
  },
];

export const framing: Group = {
  name: 'framing',
  ownServers: false,
  serial: false,
  checks: [
    ...exchanges([...lengths, ...announced, ...codings, ...lines, ...hosts, ...sizes]),
    // The core's own tests cut these at every byte.
    ...exchanges(authorities.map((each) => ({ ...each, amplify: false }))),
    unannounced,
  ],
};

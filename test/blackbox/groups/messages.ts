/** What a well-behaved client sends: every request here must be answered. */

import { type Exchange, exchanges, hello, request } from '../exchange.ts';
import type { Group } from '../world.ts';
import { maxBodyBytes } from '../world.ts';

const get = request('GET /plaintext');
const json = { status: 200, headers: { 'content-type': /^application\/json\b/ } } as const;
const message = { ...json, body: '{"message":"Hello, World!"}' };

const echo = (text: string) => ({ to: 'POST', status: 200, body: text }) as const;
const chunked = (body: string, headers: readonly string[] = []) =>
  request('POST /echo', ['Transfer-Encoding: chunked', ...headers], body);

const cases: readonly Exchange[] = [
  {
    name: 'GET /plaintext',
    send: get,
    answers: [{ ...hello, headers: { 'content-length': '13', 'content-type': /^text\/plain\b/ } }],
    fate: 'open',
  },
  {
    name: 'GET /healthz (U5)',
    send: request('GET /healthz'),
    answers: [{ status: 200, body: 'ok\n' }],
    fate: 'open',
  },
  { name: 'GET /json', send: request('GET /json'), answers: [message], fate: 'open' },
  {
    name: 'a query does not change the route',
    send: request('GET /plaintext?a=1&b=/x'),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'POST /echo gives the body back',
    send: request('POST /echo', ['Content-Length: 5'], 'a\0\r\n\xff'),
    answers: [{ ...echo('a\0\r\n\xff'), headers: { 'content-length': '5' } }],
    fate: 'open',
  },
  {
    name: 'POST /echo with an empty body',
    send: request('POST /echo', ['Content-Length: 0']),
    answers: [echo('')],
    fate: 'open',
  },
  {
    name: 'POST /echo without any framing has no body',
    send: request('POST /echo'),
    answers: [echo('')],
    fate: 'open',
  },
  {
    name: 'the largest body that is allowed',
    send: request(
      'POST /echo',
      [`Content-Length: ${maxBodyBytes}`],
      `${'x'.repeat(maxBodyBytes - 1)}!`,
    ),
    answers: [echo(`${'x'.repeat(maxBodyBytes - 1)}!`)],
    fate: 'open',
    amplify: false,
  },
  {
    name: '3 pipelined requests',
    send: get + request('GET /json') + request('POST /echo', ['Content-Length: 2'], 'ok'),
    answers: [hello, message, echo('ok')],
    fate: 'open',
  },
  {
    name: '16 pipelined requests',
    send: get.repeat(16),
    answers: Array.from({ length: 16 }, () => hello),
    fate: 'open',
  },
  {
    name: '1000 pipelined requests, told apart by their bodies',
    send: numbered(1000)
      .map(({ text }) => text)
      .join(''),
    answers: numbered(1000).map(({ body }) => echo(body)),
    fate: 'open',
    amplify: false,
  },
  {
    name: 'pipelined errors keep their place',
    send: get + request('GET /no-such-file') + get,
    answers: [hello, { status: 404 }, hello],
    fate: 'open',
  },
  {
    name: 'HEAD has the headers of GET and no body',
    send: request('HEAD /plaintext') + get,
    answers: [{ to: 'HEAD', status: 200, headers: { 'content-length': '13' }, body: '' }, hello],
    fate: 'open',
  },
  {
    name: 'HEAD of what is missing has no body either',
    send: request('HEAD /no-such-file') + get,
    answers: [{ to: 'HEAD', status: 404, body: '' }, hello],
    fate: 'open',
  },
  ...['1.2', '1.9'].map((version) => ({
    name: `HTTP/${version} is read as HTTP/1.1 (H6)`,
    send: `GET /plaintext HTTP/${version}\r\nHost: localhost\r\n\r\n${get}`,
    answers: [hello, hello],
    fate: 'open' as const,
  })),
  {
    name: 'HTTP/1.0 closes by default',
    send: 'GET /plaintext HTTP/1.0\r\n\r\n',
    answers: [hello],
    fate: 'closed',
  },
  {
    name: 'HTTP/1.0 with Connection: keep-alive stays open',
    send: 'GET /plaintext HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
    answers: [{ ...hello, headers: { connection: /^keep-alive$/i } }],
    fate: 'open',
  },
  {
    name: 'Connection: close',
    send: request('GET /plaintext', ['Connection: close']),
    answers: [{ ...hello, headers: { connection: /^close$/i } }],
    fate: 'closed',
  },
  {
    name: 'Connection: close among other options, in other case',
    send: request('GET /plaintext', ['Connection: Foo, CLOSE']),
    answers: [{ ...hello, headers: { connection: /^close$/i } }],
    fate: 'closed',
  },
  {
    name: 'what follows Connection: close is not answered',
    send: request('GET /plaintext', ['Connection: close']) + get,
    answers: [hello],
    fate: 'closed',
  },
  {
    name: 'field names in any case, values with blanks around',
    send: 'POST /echo HTTP/1.1\r\nhOsT:localhost\r\ncontent-LENGTH:\t 3 \t\r\n\r\nabc',
    answers: [echo('abc')],
    fate: 'open',
  },
  {
    name: 'an empty line before the request is ignored',
    send: `\r\n${get}`,
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'an empty header value',
    send: request('GET /plaintext', ['X-Empty:', 'X-Blank:   ']),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'a chunked body',
    send: chunked('5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n'),
    answers: [echo('hello world')],
    fate: 'open',
  },
  { name: 'an empty chunked body', send: chunked('0\r\n\r\n'), answers: [echo('')], fate: 'open' },
  {
    name: 'chunk sizes in either case and with leading zeros',
    send: chunked(`a\r\n0123456789\r\n000B\r\nabcdefghijk\r\n00\r\n\r\n`),
    answers: [echo('0123456789abcdefghijk')],
    fate: 'open',
  },
  {
    name: 'chunk extensions are ignored',
    send: chunked('3;a;b=c\r\nabc\r\n2;q="x y;z"\r\nde\r\n0;last\r\n\r\n'),
    answers: [echo('abcde')],
    fate: 'open',
  },
  {
    name: 'trailers are read and ignored',
    send: `${chunked('3\r\nabc\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n')}${get}`,
    answers: [echo('abc'), hello],
    fate: 'open',
  },
  {
    name: 'chunked requests, pipelined',
    send: chunked('1\r\na\r\n0\r\n\r\n') + chunked('1\r\nb\r\n0\r\n\r\n') + get,
    answers: [echo('a'), echo('b'), hello],
    fate: 'open',
  },
  {
    name: 'a coding name in other case',
    send: request('POST /echo', ['Transfer-Encoding: Chunked'], '1\r\na\r\n0\r\n\r\n'),
    answers: [echo('a')],
    fate: 'open',
  },
  {
    name: 'Expect: 100-continue with the body at once',
    send: request('POST /echo', ['Expect: 100-continue', 'Content-Length: 3'], 'abc'),
    answers: [echo('abc')],
    fate: 'open',
  },
  {
    name: 'an unknown expectation',
    send: request('POST /echo', ['Expect: 200-maybe', 'Content-Length: 3'], 'abc'),
    answers: [{ to: 'POST', status: 417 }],
    fate: 'either',
  },
  {
    name: 'the absolute form of a target',
    send: request('GET http://localhost/plaintext'),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'the absolute form outranks Host',
    send: request('GET http://localhost:80/plaintext?x', [], '', 'elsewhere.example'),
    answers: [hello],
    fate: 'open',
  },
  {
    name: 'OPTIONS *',
    send: request('OPTIONS *') + get,
    answers: [{ to: 'OPTIONS', status: [200, 204] }, hello],
    fate: 'open',
  },
  {
    name: 'a wrong method names the right ones',
    send: request('DELETE /plaintext') + get,
    answers: [{ to: 'DELETE', status: 405, headers: { allow: /\bGET\b/ } }, hello],
    fate: 'open',
  },
  {
    name: 'GET of a route that only posts',
    send: request('GET /echo'),
    answers: [{ status: 405, headers: { allow: /\bPOST\b/ } }],
    fate: 'open',
  },
  {
    name: 'a body on a refused method is skipped',
    send: request('DELETE /json', ['Content-Length: 4'], 'GET ') + get,
    answers: [{ to: 'DELETE', status: 405 }, hello],
    fate: 'open',
  },
  ...['DELETE /json', 'GET /plaintext', 'POST /no-such-file'].map((line) => ({
    name: `a small chunked body on ${line} is skipped (H4)`,
    send: request(line, ['Transfer-Encoding: chunked'], '4\r\nGET \r\n0\r\n\r\n') + get,
    answers: [{ status: [200, 404, 405] }, hello],
    fate: 'open' as const,
    amplify: false,
  })),
  ...['/%70laintext', '/plaintex%74?%61', '/%70%6C%61%69%6e%74%65%78%74'].map((target) => ({
    name: `GET ${target} is GET /plaintext (H5)`,
    send: request(`GET ${target}`),
    answers: [hello],
    fate: 'open' as const,
    amplify: false,
  })),
  {
    name: 'nothing is decoded twice (H5)',
    send: request('GET /%2570laintext') + request('GET /plaintext%2f'),
    answers: [{ status: 404 }, { status: 404 }],
    fate: 'open',
    amplify: false,
  },
  {
    name: 'a body on GET is skipped',
    send: request('GET /plaintext', ['Content-Length: 4'], 'GET ') + get,
    answers: [hello, hello],
    fate: 'open',
  },
  {
    name: 'an unknown method',
    send: request('FROB /plaintext'),
    answers: [{ to: 'FROB', status: [405, 501] }],
    fate: 'either',
  },
  {
    name: 'methods are case-sensitive',
    send: request('get /plaintext'),
    answers: [{ status: [400, 405, 501] }],
    fate: 'either',
  },
];

function numbered(count: number): readonly { text: string; body: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const body = `request ${index}`;
    return { text: request('POST /echo', [`Content-Length: ${body.length}`], body), body };
  });
}

export const messages: Group = {
  name: 'messages',
  ownServers: false,
  serial: false,
  checks: exchanges(cases),
};

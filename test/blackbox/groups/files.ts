/** Static files: bytes, types, directories, and everything that must stay out of reach. */

import { type Exchange, exchanges, hello, match, request, show } from '../exchange.ts';
import { contents, secret, sparseBytes, tail, typed } from '../public-tree.ts';
import { ask } from '../wire.ts';
import type { Check, Group } from '../world.ts';

const lastModified = 'Thu, 04 Mar 2021 05:06:07 GMT';

function file(name: string, amplify = true): Exchange {
  const body = contents(name);
  return {
    name: `/${name}, ${body.length} bytes`,
    send: request(`GET /${name}`),
    answers: [
      {
        status: 200,
        headers: {
          'content-length': String(body.length),
          'accept-ranges': 'bytes',
          'last-modified': lastModified,
          etag: /^"[\x21\x23-\x7e]+"$/,
        },
        body,
      },
    ],
    fate: 'open',
    amplify,
  };
}

const plain: readonly Exchange[] = [
  file('empty.bin'),
  file('one.bin'),
  file('kib.txt'),
  file('medium.bin'),
  file('large.bin', false),
  {
    name: 'HEAD of a file',
    send: request('HEAD /medium.bin') + request('GET /one.bin'),
    answers: [
      { to: 'HEAD', status: 200, headers: { 'content-length': '102400', etag: /^"/ }, body: '' },
      { status: 200, body: contents('one.bin') },
    ],
    fate: 'open',
  },
  {
    name: 'no method is wrong for what is not there (H13)',
    send: request('POST /no-such-file') + request('POST /kib.txt'),
    answers: [
      { to: 'POST', status: 404 },
      { to: 'POST', status: 405, headers: { allow: /\bGET\b/ } },
    ],
    fate: 'open',
    amplify: false,
  },
  {
    name: 'files of every size, pipelined',
    send: ['empty.bin', 'medium.bin', 'one.bin', 'large.bin', 'kib.txt', 'medium.bin']
      .map((name) => request(`GET /${name}`))
      .join(''),
    answers: ['empty.bin', 'medium.bin', 'one.bin', 'large.bin', 'kib.txt', 'medium.bin'].map(
      (name) => ({ status: 200, body: contents(name) }),
    ),
    fate: 'open',
    amplify: false,
  },
  {
    name: '200 small files and answers, pipelined in turn',
    send: (request('GET /kib.txt') + request('GET /plaintext')).repeat(100),
    answers: Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0 ? { status: 200, body: contents('kib.txt') } : hello,
    ),
    fate: 'open',
    amplify: false,
  },
  {
    name: 'a large file to a client of HTTP/1.0',
    send: 'GET /large.bin HTTP/1.0\r\n\r\n',
    answers: [{ status: 200, body: contents('large.bin') }],
    fate: 'closed',
    amplify: false,
  },
  {
    name: 'POST to a file',
    send: request('POST /kib.txt', ['Content-Length: 0']),
    answers: [{ to: 'POST', status: 405, headers: { allow: /\bGET\b/ } }],
    fate: 'open',
  },
];

const ok = (body: string) => ({ status: 200, body }) as const;
const found = (name: string, target: string, body: string): Exchange => ({
  name,
  send: request(`GET ${target}`),
  answers: [ok(body)],
  fate: 'open',
});

const names: readonly Exchange[] = [
  ...Object.entries(typed).map(([name, type]) => ({
    name: `the type of ${name}`,
    send: request(`GET /${name}`),
    answers: [{ ...ok(name), headers: { 'content-type': type } }],
    fate: 'open' as const,
    amplify: false,
  })),
  found('a percent-encoded blank', '/with%20space.txt', 'space'),
  found('percent-encoded UTF-8', '/gr%C3%BCn.txt', 'utf-8'),
  found('a percent-encoded letter', '/%6botes.txt'.replace('%6b', '%6e'), 'notes.txt'),
  found('a plus stays a plus', '/a+b%26c.txt', 'plus'),
  found('a query does not change the file', '/notes.txt?v=%00&../..', 'notes.txt'),
  found('index.html of the root', '/', '<h1>root</h1>'),
  found('index.html of a directory', '/dir/', '<h1>dir</h1>'),
  found('a file below directories', '/dir/deep/leaf.txt', 'leaf'),
  found('a symlink that stays inside', '/inside-link', contents('kib.txt').toString('latin1')),
  {
    name: 'a directory without its slash',
    send: request('GET /dir'),
    answers: [{ status: [301, 308], headers: { location: /^(http:\/\/localhost)?\/dir\/$/ } }],
    fate: 'open',
  },
  {
    name: 'a directory without its slash keeps the query',
    send: request('GET /dir?a=b'),
    answers: [{ status: [301, 308], headers: { location: /\/dir\/\?a=b$/ } }],
    fate: 'open',
  },
];

const denied = (name: string, target: string, status: readonly number[]): Exchange => ({
  name,
  send: request(`GET ${target}`),
  answers: [{ status }],
  fate: 'either',
});

const refusals: readonly Exchange[] = [
  denied('a file that is not there', '/no-such-file', [404]),
  denied('a directory that is not there', '/no/such/file', [404]),
  denied('a file used as a directory', '/kib.txt/', [404]),
  denied('a path below a file', '/kib.txt/more', [404]),
  denied('a directory without index is not listed', '/bare/', [403, 404]),
  denied('a percent sign without digits', '/%zz', [400]),
  denied('a percent sign at the end', '/kib.txt%', [400]),
  denied('half a percent code', '/kib.txt%2', [400]),
  denied('an encoded NUL', '/kib.txt%00.html', [400, 404]),
  denied('a name longer than a file name may be', `/${'n'.repeat(300)}`, [400, 404, 414]),
  denied('a path longer than a path may be', `/${'dir/'.repeat(1500)}`, [400, 404, 414]),
  denied('a fifo', '/fifo', [403, 404]),
  denied('a symlink loop', '/loop', [403, 404]),
];

/** Ways out of the root; none may show the secret or succeed. */
const escapes: readonly string[] = [
  '/../outside/secret.txt',
  '/dir/../../outside/secret.txt',
  '/./../outside/secret.txt',
  '/%2e%2e/outside/secret.txt',
  '/%2E%2E/outside/secret.txt',
  '/.%2e/outside/secret.txt',
  '/..%2foutside%2fsecret.txt',
  '/%2e%2e%2foutside%2fsecret.txt',
  '/dir/..%2f..%2foutside/secret.txt',
  '/%252e%252e/outside/secret.txt',
  '/..%c0%afoutside/secret.txt',
  '/..\\outside\\secret.txt',
  '/..%5coutside%5csecret.txt',
  '//outside/secret.txt',
  '/%2foutside/secret.txt',
  '/..%00/outside/secret.txt',
  '/../../../../../../../../etc/passwd',
  '//etc/passwd',
  '/%2fetc/passwd',
  '/proc/self/environ',
  '/escape-link',
  '/escape-dir/secret.txt',
  '/dir/../escape-link',
  '/absolute-link',
];

const outOfReach: readonly Check[] = escapes.map((target) => ({
  name: `${target} stays inside`,
  run: async ({ address }) => {
    const answer = await ask(address, request(`GET ${target}`));
    const leaked = answer.body.includes(secret) || answer.body.includes('root:');
    if (leaked || ![301, 308, 400, 403, 404].includes(answer.status)) {
      throw new Error(show(answer));
    }
  },
}));

const sparse: Check = {
  name: 'the end of a 3 GiB file',
  run: async ({ address }) => {
    const first = sparseBytes - tail.length - 10;
    const answer = await ask(address, request('GET /sparse.bin', [`Range: bytes=${first}-`]));
    match(answer, {
      status: 206,
      headers: { 'content-range': `bytes ${first}-${sparseBytes - 1}/${sparseBytes}` },
      body: '\0'.repeat(10) + tail,
    });
    const head = await ask(address, request('HEAD /sparse.bin'), 'HEAD');
    match(head, { status: 200, headers: { 'content-length': String(sparseBytes) } });
  },
};

export const files: Group = {
  name: 'files',
  ownServers: false,
  serial: false,
  checks: [...exchanges([...plain, ...names, ...refusals]), ...outOfReach, sparse],
};

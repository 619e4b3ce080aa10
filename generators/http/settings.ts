/** What an HTTP server is told: where it listens, what it serves, what a client may take. */

import type { Port } from '../../src/plan/contribution.ts';
import { type NumberShape, numberShape, type Setting } from '../../src/plan/setting.ts';

/** Where HTTP is served unless the configuration says otherwise. */
const kPort = 8080;

export const kHttpPort: Port = { name: 'http', key: 'listen', number: kPort };

const kOneDayMs = 86_400_000;
const kOneTebibyte = 2 ** 40;

export const httpSettings: readonly Setting[] = [
  {
    key: 'listen',
    group: 'Addresses',
    takes: { kind: 'addresses', default: [`127.0.0.1:${kPort}`] },
    help: 'Where to listen; repeat it for more than one place',
    story: [
      'Where to listen: "127.0.0.1:8080", "0.0.0.0:80", "[::1]:8080", "unix:/run/server.sock",',
      '"unix:@server". Only this machine by default: what faces the network, you decide.',
      'Port 0 takes a free one.',
    ],
  },
  {
    key: 'root',
    group: 'Files',
    takes: { kind: 'path', of: 'folder', word: null, default: 'public' },
    help: 'Folder of the static files',
    story: ['The folder of the static files. Nothing outside of it is ever sent.'],
  },
  {
    key: 'backlog',
    group: 'Connections',
    takes: numberShape('count', 1, 65_535, 511),
    help: 'Connections that wait to be accepted',
    story: [
      'Connections that wait to be accepted. 511 as in nginx: a burst fits, and the kernel cuts it to',
      'net.core.somaxconn (4096 on current kernels) anyway.',
    ],
  },
  {
    key: 'max-connections',
    group: 'Connections',
    takes: automatic('count', 1_000_000, 'what the descriptor limit leaves'),
    help: 'Further ones are answered 503',
    story: [
      'Connections at once; further ones are answered 503. "auto" is what the descriptor limit',
      '(ulimit -n) leaves after a reserve.',
    ],
  },
  {
    key: 'header-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(10_000),
    help: 'For the head of a request',
    story: [
      "How long a client may take to send the head of a request, in milliseconds. It isn't prolonged by",
      "further bytes, so that a client that trickles them can't hold a connection.",
    ],
  },
  {
    key: 'body-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(30_000),
    help: 'Between two parts of a body',
    story: ['How long a client may pause within the body of a request, in milliseconds.'],
  },
  {
    key: 'min-body-rate',
    reloads: true,
    group: 'Deadlines',
    takes: numberShape('bytes/s', 0, kOneTebibyte, 240),
    help: 'Slower bodies are answered 408; 0: as slow as they like',
    story: [
      'How fast the body of a request must come, in bytes per second; it is given body-timeout-ms more',
      'than that takes. Without it (0), a client that trickles bytes can hold a connection for ever.',
    ],
  },
  {
    key: 'idle-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(60_000),
    help: 'Between two requests',
    story: [
      'How long a connection may idle between two requests, in milliseconds. Idle ones cost little',
      'memory, but each holds a descriptor.',
    ],
  },
  {
    key: 'write-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(30_000),
    help: 'For a client to take a part of an answer',
    story: ['How long a client may refuse to take more of an answer, in milliseconds.'],
  },
  {
    key: 'handler-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: numberShape('ms', 0, kOneDayMs, 30_000),
    help: 'For a handler to begin its answer; 0: for ever',
    story: [
      'How long a handler may take to begin its answer, in milliseconds; then the client gets a 503, and',
      'the log a line with the route. 0: for ever.',
    ],
  },
  {
    key: 'half-close',
    reloads: true,
    group: 'Deadlines',
    takes: { kind: 'choice', values: ['serve', 'abort'], default: 'serve' },
    help: 'A client that closes its side is served or not',
    story: [
      'What becomes of a client that closes its side of the connection while a handler works: "serve" it,',
      'since it may still read the answer, or "abort", as most clients that close have gone.',
    ],
  },
  {
    key: 'drain-timeout-ms',
    isDrain: true,
    group: 'Deadlines',
    takes: milliseconds(10_000),
    help: 'To finish requests after SIGTERM',
    story: [
      'How long requests in progress may take after SIGTERM, in milliseconds. Keep it below what your',
      'supervisor grants before it kills (systemd: 90 s, Kubernetes: 30 s).',
    ],
  },
  {
    key: 'max-target-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 1, 32_768, 8192),
    help: 'Longer targets are answered 414',
    story: [
      'The longest target of a request (its path and query), in bytes, up to 32768; longer ones are',
      'answered 414.',
    ],
  },
  {
    key: 'max-head-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 256, 65_535, 16_384),
    help: 'Longer heads are answered 431',
    story: [
      'The longest head of a request, its request line included, in bytes, from 256 to 65535; longer ones',
      'are answered 431. What has come of a head is kept in a block of 16 KiB, or of 64 KiB once it is',
      'longer, until the rest has come.',
    ],
  },
  {
    key: 'max-fields',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('count', 1, 256, 64),
    help: 'Requests with more fields are answered 431',
    story: [
      'The most header fields of a request, up to 256; more are answered 431. A browser sends about 15.',
    ],
  },
  {
    key: 'max-body-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 0, kOneTebibyte, 8_388_608),
    help: 'Longer bodies are answered 413, unless their route says otherwise',
    story: [
      'The longest request body, in bytes (8 MiB); longer ones are answered 413. A route may',
      'have a limit of its own, more or less than this.',
    ],
  },
  {
    key: 'max-unsent-bytes',
    group: 'Sizes',
    takes: numberShape('bytes', 65_536, kOneTebibyte, 67_108_864),
    help: 'Of a streamed answer that its client has yet to read',
    story: [
      'The most memory, in bytes, for what a streamed answer has written and its client has yet to read',
      "(64 MiB). A stream that writes on is cut off. Files don't count: they stay on the disk.",
    ],
  },
  {
    key: 'max-buffered-bytes',
    group: 'Sizes',
    takes: automatic('bytes', kOneTebibyte, 'a quarter of the memory'),
    help: 'Of all bodies and unread answers together',
    story: [
      'The most memory, in bytes, for all bodies and unread answers together, beyond 64 KiB for each',
      'connection; a longer body is then answered 503. "auto" is a quarter of the memory that this machine',
      'or its container has.',
    ],
  },
];

function milliseconds(usual: number): NumberShape {
  return numberShape('ms', 1, kOneDayMs, usual);
}

/** What the server finds out for itself where it isn't told. */
function automatic(unit: NumberShape['unit'], max: number, is: string): NumberShape {
  const auto = { is, expressions: null };
  return { kind: 'number', unit, min: 0, max, default: 'auto', auto };
}

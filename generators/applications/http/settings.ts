/** An HTTP server's settings: where it listens, what it serves, and how much a client may use. */

import type { Port } from '../../../src/plan/contribution.ts';
import { type NumberShape, numberShape, type Setting } from '../../../src/plan/setting.ts';

/** Where HTTP is served by default. */
const kPort = 8080;

export const kHttpPort: Port = { name: 'http', key: 'listen', number: kPort };

const kOneDayMs = 86_400_000;
const kOneTebibyte = 2 ** 40;

export const httpSettings: readonly Setting[] = [
  {
    key: 'listen',
    group: 'Addresses',
    takes: { kind: 'addresses', default: [`127.0.0.1:${kPort}`] },
    help: 'Where to listen; repeatable',
    story: [
      'Where to listen: "127.0.0.1:8080", "0.0.0.0:80", "[::1]:8080", "unix:/run/server.sock",',
      '"unix:@server". By default only this machine can connect. Port 0 picks a free port.',
    ],
  },
  {
    key: 'root',
    group: 'Files',
    takes: { kind: 'path', of: 'folder', word: null, default: 'public' },
    help: 'Folder of static files',
    story: ['The folder of static files. Nothing outside it is ever sent.'],
  },
  {
    key: 'backlog',
    group: 'Connections',
    takes: numberShape('count', 1, 65_535, 511),
    help: 'Connections that may wait to be accepted',
    story: [
      'Connections that may wait to be accepted. 511, as in nginx, holds a burst. The kernel caps it at',
      'net.core.somaxconn (4096 on current kernels).',
    ],
  },
  {
    key: 'max-connections',
    group: 'Connections',
    takes: automatic('count', 1_000_000, 'what the descriptor limit leaves'),
    help: 'Maximum connections; any more get a 503',
    story: [
      'The most connections at once; any more get a 503. "auto" is what the descriptor limit (ulimit -n)',
      'leaves after a reserve.',
    ],
  },
  {
    key: 'header-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(10_000),
    help: 'Time to send the head of a request',
    story: [
      "How long a client may take to send the head of a request, in milliseconds. Further bytes don't",
      "extend it, so a client that trickles them can't hold a connection.",
    ],
  },
  {
    key: 'body-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(30_000),
    help: 'Pause allowed within a body',
    story: ['How long a client may pause while sending a body, in milliseconds.'],
  },
  {
    key: 'min-body-rate',
    reloads: true,
    group: 'Deadlines',
    takes: numberShape('bytes/s', 0, kOneTebibyte, 240),
    help: 'Slower bodies get a 408; 0: no limit',
    story: [
      'How fast a body must arrive, in bytes per second; body-timeout-ms is allowed on top. Without a',
      'minimum (0), a client that trickles bytes can hold a connection forever.',
    ],
  },
  {
    key: 'idle-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(60_000),
    help: 'Pause allowed between two requests',
    story: [
      'How long a connection may be idle between two requests, in milliseconds. An idle connection costs',
      'little memory, but holds a descriptor.',
    ],
  },
  {
    key: 'write-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: milliseconds(30_000),
    help: 'Time for a client to take more of an answer',
    story: ['How long a client may leave an answer unread, in milliseconds.'],
  },
  {
    key: 'handler-timeout-ms',
    reloads: true,
    group: 'Deadlines',
    takes: numberShape('ms', 0, kOneDayMs, 30_000),
    help: 'Time for a handler to begin its answer; 0: no limit',
    story: [
      'How long a handler may take to begin its answer, in milliseconds. After that the client gets a 503',
      'and the log names the route. 0: no limit.',
    ],
  },
  {
    key: 'half-close',
    reloads: true,
    group: 'Deadlines',
    takes: { kind: 'choice', values: ['serve', 'abort'], default: 'serve' },
    help: 'Whether to answer a client that closed its side',
    story: [
      'What to do if a client closes its side of the connection while a handler works: "serve" it, since',
      'it may still read the response, or "abort" the request, since most such clients have left.',
    ],
  },
  {
    key: 'drain-timeout-ms',
    isDrain: true,
    group: 'Deadlines',
    takes: milliseconds(10_000),
    help: 'Time to finish requests after SIGTERM',
    story: [
      'How long requests in progress may take after SIGTERM, in milliseconds. Stay below the time that',
      'your supervisor allows before it kills the server (systemd: 90 s, Kubernetes: 30 s).',
    ],
  },
  {
    key: 'max-target-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 1, 32_768, 8192),
    help: 'Longer request targets get a 414',
    story: [
      'The longest request target (path and query) to accept, in bytes, at most 32768. A request with a',
      'longer target gets a 414.',
    ],
  },
  {
    key: 'max-head-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 256, 65_535, 16_384),
    help: 'Longer request heads get a 431',
    story: [
      'The longest request head to accept, including the request line, in bytes, from 256 to 65535. A',
      'request with a longer head gets a 431. A head that arrives in pieces occupies a block of 16 KiB, or',
      'of 64 KiB if it needs more, until it is complete.',
    ],
  },
  {
    key: 'max-fields',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('count', 1, 256, 64),
    help: 'Requests with more header fields get a 431',
    story: [
      'The most header fields to accept in a request, at most 256. A request with more gets a 431. A',
      'browser sends about 15.',
    ],
  },
  {
    key: 'max-body-bytes',
    reloads: true,
    group: 'Sizes',
    takes: numberShape('bytes', 0, kOneTebibyte, 8_388_608),
    help: 'Longer bodies get a 413, unless the route has its own limit',
    story: [
      'The longest request body to accept, in bytes (8 MiB). A request with a longer body gets a 413. A',
      'route may set its own limit, higher or lower.',
    ],
  },
  {
    key: 'max-unsent-bytes',
    group: 'Sizes',
    takes: numberShape('bytes', 65_536, kOneTebibyte, 67_108_864),
    help: 'Memory for the unread part of a streamed answer',
    story: [
      "The most memory, in bytes, for the part of a streamed answer that the client hasn't read (64 MiB).",
      "A stream that writes more is cut off. Files don't count: they stay on disk.",
    ],
  },
  {
    key: 'max-buffered-bytes',
    group: 'Sizes',
    takes: automatic('bytes', kOneTebibyte, 'a quarter of the memory'),
    help: 'Memory for all bodies and unread answers together',
    story: [
      'The most memory, in bytes, for all bodies and unread answers together, beyond 64 KiB for each',
      'connection. A body that doesn\'t fit gets a 503. "auto" is a quarter of the memory of this machine',
      'or its container.',
    ],
  },
];

function milliseconds(usual: number): NumberShape {
  return numberShape('ms', 1, kOneDayMs, usual);
}

/** A value the server determines itself unless told. */
function automatic(unit: NumberShape['unit'], max: number, is: string): NumberShape {
  const auto = { is, expressions: null };
  return { kind: 'number', unit, min: 0, max, default: 'auto', auto };
}

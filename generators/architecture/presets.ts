/** Architectures that deserve a name: the ones people look for. */

import type { Preset } from '../../src/spec/rule.ts';

export const presets: readonly Preset[] = [
  {
    id: 'default',
    title: 'Balanced across all cores',
    description:
      'One loop accepts, one loop per core serves: an even load from the first client on.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-async',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'nginx-like',
    title: 'Sharded across processes',
    description:
      'One process per core accepts and serves on its own: a crash costs one worker, not the ' +
      'server.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'sharded',
      'workers.kind': 'process',
      'workers.size': 'auto',
    },
  },
  {
    id: 'node-like',
    title: 'One loop',
    description:
      'One thread does everything, as in Node: no locks, one core; run several behind a proxy.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'level',
      'event.pattern': 'reactor',
      'concurrency.model': 'single',
      'workers.kind': 'thread',
    },
  },
  {
    id: 'redis-like',
    title: 'One loop, short answers',
    description:
      'Everything in memory and in one thread: answers are short, and no lock is ever taken.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'level',
      'event.pattern': 'reactor',
      'concurrency.model': 'single',
      'workers.kind': 'thread',
    },
  },
  {
    id: 'memcached-like',
    title: 'One acceptor, one loop per thread',
    description:
      'Threads share one memory, as a cache needs; each connection stays with its thread.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'level',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-async',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'muduo-like',
    title: 'One loop per thread',
    description:
      'The main loop accepts, worker loops serve, all of them level-triggered: the design of muduo.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'level',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-async',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'apache-prefork',
    title: 'One blocking process per client',
    description:
      'For handlers that are not thread-safe or may crash: each client has its own process.',
    values: {
      'io.model': 'blocking',
      'event.pattern': 'direct',
      'concurrency.model': 'sharded',
      'workers.kind': 'process',
      'workers.size': 'auto',
    },
  },
  {
    id: 'apache-worker',
    title: 'One blocking thread per client',
    description:
      'Plain sequential, blocking handlers, for as many clients at once as there are threads.',
    values: {
      'io.model': 'blocking',
      'event.pattern': 'direct',
      'concurrency.model': 'half-sync-half-reactive',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'uring',
    title: 'io_uring on all cores',
    description:
      'Fewest system calls per request, if a recent kernel allows it: one ring per core.',
    values: {
      'io.model': 'io_uring',
      'event.pattern': 'proactor',
      'concurrency.model': 'sharded',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'book-chapter-8-half-sync-half-reactive',
    title: 'Queue and thread pool, as a Reactor',
    description:
      'The main thread waits; a queue feeds workers that read, process and write: the textbook ' +
      'server.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-reactive',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'book-chapter-8-simulated-proactor',
    title: 'Queue and thread pool, as a simulated Proactor',
    description:
      'The main thread reads and writes; a queue feeds workers that only process whole requests.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'simulated-proactor',
      'concurrency.model': 'half-sync-half-reactive',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'book-chapter-8-leader-followers',
    title: 'Leader/followers',
    description: 'Threads take turns waiting, without a queue: the POSA2 pattern as a server.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'leader-followers',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'book-chapter-15-process-pool',
    title: 'Half-sync/half-async process pool',
    description: 'A parent accepts and preforked processes serve: a crash costs one of them.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-async',
      'workers.kind': 'process',
      'workers.size': 'auto',
    },
  },
  {
    id: 'classroom',
    title: 'select and one loop',
    description:
      'The oldest demultiplexer and one thread: you can read and step through the whole server.',
    values: {
      'io.model': 'select',
      'event.pattern': 'reactor',
      'concurrency.model': 'single',
      'workers.kind': 'thread',
    },
  },
];

/** Which core class serves: one row per concurrency model, kind of workers and pattern. */

import type { Spec } from '../../src/spec/spec.ts';
import { rowOf } from '../architecture/rows.ts';

export interface ServerPart {
  readonly type: string;
  /** Below `hpserver/`. */
  readonly header: string;
  /** One to three lines of a comment: which part does what. */
  readonly story: readonly string[];
  /** What the loop itself does if it hands the other steps to workers. */
  readonly duties?: string;
}

const kServers: Readonly<Record<string, ServerPart>> = {
  single: {
    type: 'Single',
    header: 'concurrency/single.h',
    story: ['One loop, on this thread: it waits, accepts, reads, processes and writes.'],
  },
  'single thread direct': {
    type: 'Single',
    header: 'concurrency/single.h',
    story: ['One client at a time, on this thread; the others wait in the backlog.'],
  },
  'per-connection thread': {
    type: 'ThreadPerConnection',
    header: 'concurrency/thread_per_connection.h',
    story: [
      'This thread accepts and starts a thread for each connection. That thread waits, reads, processes',
      'and writes, blocking in each call. Clients beyond the cap get a 503.',
    ],
  },
  'per-connection process': {
    type: 'ProcessPerConnection',
    header: 'concurrency/process_per_connection.h',
    story: [
      'This process accepts and forks a child for each connection. The child waits, reads, processes and',
      'writes, blocking in each call. Clients beyond the cap get a 503.',
    ],
  },
  'half-sync-half-reactive thread': {
    type: 'HalfSyncHalfReactive',
    header: 'concurrency/half_sync_half_reactive.h',
    story: [
      "This thread's loop waits, accepts and moves all bytes. Each complete request goes through a",
      'bounded queue to a worker, which only processes it.',
    ],
    duties: '{.read = true, .process = false, .write = true}',
  },
  'half-sync-half-reactive thread reactor': {
    type: 'HalfSyncHalfReactive',
    header: 'concurrency/half_sync_half_reactive.h',
    story: [
      "This thread's loop waits and accepts. Each ready connection goes through a bounded queue to a",
      'worker, which reads, processes and writes, then returns the connection to the loop.',
    ],
    duties: '{.read = false, .process = false, .write = false}',
  },
  'half-sync-half-reactive thread direct': {
    type: 'Prethreaded',
    header: 'concurrency/prethreaded.h',
    story: [
      'Every worker accepts from the same listening socket, then reads, processes and writes for its',
      'client until the client leaves, blocking in each call.',
    ],
  },
  'half-sync-half-async thread': {
    type: 'HalfSyncHalfAsync',
    header: 'concurrency/half_sync_half_async.h',
    story: [
      "This thread's loop accepts and hands each connection to a worker's loop, which waits, reads,",
      'processes and writes for it from then on.',
    ],
  },
  'half-sync-half-async process': {
    type: 'HalfSyncHalfAsyncProcesses',
    header: 'concurrency/half_sync_half_async_processes.h',
    story: [
      'This process accepts and sends each connection to one of its children, whose loop waits, reads,',
      'processes and writes for it from then on. A child that dies is replaced.',
    ],
  },
  'leader-followers': {
    type: 'LeaderFollowers',
    header: 'concurrency/leader_followers.h',
    story: [
      'The threads take turns. The leader waits; when an event arrives, it promotes a follower and',
      'handles the event itself: it accepts, or it reads, processes and writes.',
    ],
  },
  'leader-followers thread direct': {
    type: 'LeadingAccept',
    header: 'concurrency/leading_accept.h',
    story: [
      'The threads take turns. The leader accepts, promotes a follower, then serves its client until the',
      'client leaves, blocking in each call.',
    ],
  },
  'leader-followers process direct': {
    type: 'LeadingAcceptProcesses',
    header: 'concurrency/leading_accept_processes.h',
    story: [
      'The child processes take turns. The leader accepts, promotes a follower, then serves its client',
      'until the client leaves, blocking in each call. A child that dies is replaced.',
    ],
  },
  'sharded thread': {
    type: 'Sharded',
    header: 'concurrency/sharded.h',
    story: [
      'Each worker is a complete server with its own listening socket and loop. The kernel spreads the',
      'connections; each loop waits, accepts, reads, processes and writes.',
    ],
  },
  'sharded thread direct': {
    type: 'Sharded',
    header: 'concurrency/sharded.h',
    story: [
      'Each worker is a complete server with its own listening socket. The kernel spreads the',
      'connections; each thread serves one client at a time, blocking in each call.',
    ],
  },
  'sharded process': {
    type: 'ShardedProcesses',
    header: 'concurrency/sharded_processes.h',
    story: [
      'Each child process is a complete server with its own listening socket and loop. The kernel',
      'spreads the connections. This process only replaces children that die.',
    ],
  },
  'sharded process direct': {
    type: 'ShardedProcesses',
    header: 'concurrency/sharded_processes.h',
    story: [
      'Each child process is a complete server with its own listening socket and serves one client at a',
      'time, blocking in each call. This process only replaces children that die.',
    ],
  },
};

/** The answers that `serverOf` reads, for `because`. */
export const kServerKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'workers.kind',
];

export function serverOf(spec: Spec): ServerPart {
  return rowOf(kServers, spec.values);
}

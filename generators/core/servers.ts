/** Which class of the core serves: one row per concurrency model, kind of workers and pattern. */

import type { Spec } from '../../src/spec/spec.ts';
import { rowOf } from '../architecture/rows.ts';

export interface ServerPart {
  readonly type: string;
  /** Below `hpserver/`. */
  readonly header: string;
  /** One to three lines of a comment: who does what. */
  readonly story: readonly string[];
  /** What the loop itself does, where it hands the rest to workers. */
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
    story: ['One client after the other, on this thread: the others wait in the backlog.'],
  },
  'per-connection thread': {
    type: 'ThreadPerConnection',
    header: 'concurrency/thread_per_connection.h',
    story: [
      'This thread accepts, and starts a thread for each connection, which waits, reads, processes and',
      'writes for it, asleep in each of these calls. Clients beyond the cap are answered 503.',
    ],
  },
  'per-connection process': {
    type: 'ProcessPerConnection',
    header: 'concurrency/process_per_connection.h',
    story: [
      'This process accepts, and forks a child for each connection, which waits, reads, processes and',
      'writes for it, asleep in each of these calls. Clients beyond the cap are answered 503.',
    ],
  },
  'half-sync-half-reactive thread': {
    type: 'HalfSyncHalfReactive',
    header: 'concurrency/half_sync_half_reactive.h',
    story: [
      "This thread's loop waits and accepts, and moves all bytes; each whole request goes through a",
      'bounded queue to a worker, which only processes it.',
    ],
    duties: '{.read = true, .process = false, .write = true}',
  },
  'half-sync-half-reactive thread reactor': {
    type: 'HalfSyncHalfReactive',
    header: 'concurrency/half_sync_half_reactive.h',
    story: [
      "This thread's loop waits and accepts; each connection that is ready goes through a bounded queue",
      'to a worker, which reads, processes and writes, and lets the loop wait for it again.',
    ],
    duties: '{.read = false, .process = false, .write = false}',
  },
  'half-sync-half-reactive thread direct': {
    type: 'Prethreaded',
    header: 'concurrency/prethreaded.h',
    story: [
      'Every worker accepts from one listening socket, and then reads, processes and writes for its',
      'client until that leaves, asleep in each of these calls.',
    ],
  },
  'half-sync-half-async thread': {
    type: 'HalfSyncHalfAsync',
    header: 'concurrency/half_sync_half_async.h',
    story: [
      "This thread's loop accepts, and gives each connection to one of the workers' loops, which waits,",
      'reads, processes and writes for it from then on.',
    ],
  },
  'half-sync-half-async process': {
    type: 'HalfSyncHalfAsyncProcesses',
    header: 'concurrency/half_sync_half_async_processes.h',
    story: [
      'This process accepts, and sends each connection to one of its children, whose loop waits, reads,',
      'processes and writes for it from then on. A child that dies is replaced.',
    ],
  },
  'leader-followers': {
    type: 'LeaderFollowers',
    header: 'concurrency/leader_followers.h',
    story: [
      'The threads take turns: the leader waits; when an event comes it makes a follower the leader,',
      'and accepts, or reads, processes and writes itself.',
    ],
  },
  'leader-followers thread direct': {
    type: 'LeadingAccept',
    header: 'concurrency/leading_accept.h',
    story: [
      'The threads take turns: the leader accepts, makes a follower the leader, and then serves its',
      'client to the end, asleep in each call.',
    ],
  },
  'leader-followers process direct': {
    type: 'LeadingAcceptProcesses',
    header: 'concurrency/leading_accept_processes.h',
    story: [
      'The child processes take turns: the leader accepts, makes a follower the leader, and then serves',
      'its client to the end, asleep in each call. A child that dies is replaced.',
    ],
  },
  'sharded thread': {
    type: 'Sharded',
    header: 'concurrency/sharded.h',
    story: [
      'Each worker is a whole server with a listening socket and a loop of its own: the kernel spreads',
      'the connections, and each loop waits, accepts, reads, processes and writes.',
    ],
  },
  'sharded thread direct': {
    type: 'Sharded',
    header: 'concurrency/sharded.h',
    story: [
      'Each worker is a whole server with a listening socket of its own: the kernel spreads the',
      'connections, and each thread serves one client after the other, asleep in each call.',
    ],
  },
  'sharded process': {
    type: 'ShardedProcesses',
    header: 'concurrency/sharded_processes.h',
    story: [
      'Each child process is a whole server with a listening socket and a loop of its own: the kernel',
      'spreads the connections. This process only replaces children that die.',
    ],
  },
  'sharded process direct': {
    type: 'ShardedProcesses',
    header: 'concurrency/sharded_processes.h',
    story: [
      'Each child process is a whole server with a listening socket of its own, and serves one client',
      'after the other, asleep in each call. This process only replaces children that die.',
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

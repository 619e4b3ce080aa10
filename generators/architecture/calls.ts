/** Which call takes each step: one row per I/O model, and what a concurrency model adds to it. */

import type { Values } from '../../src/spec/question.ts';
import type { Step } from './executors.ts';
import { runsInline } from './inline.ts';

type Calls = Readonly<Record<Exclude<Step, 'process' | 're-arm'>, string>>;
type Texts = Readonly<Partial<Record<Step, string>>>;

interface Row extends Calls {
  /** Absent if there is nothing to re-arm: the thread just blocks in the call again. */
  readonly 're-arm'?: string;
  /** How to re-arm if several threads share the set of descriptors to wait for. */
  readonly shared?: string;
}

const kReadiness = {
  accept: 'accept4(2)',
  read: 'recv(2)',
  write: 'send(2), sendfile(2)',
} as const;

const kLeavesTheSet =
  'out of the set meanwhile; a wake-up tells the waiting thread to add it again';
const kMultishot = 'submitted again if IORING_CQE_F_MORE is clear';

const kCalls: Readonly<Record<string, Row>> = {
  blocking: {
    wait: 'blocks in accept4(2), then in recv(2), for at most SO_RCVTIMEO',
    accept: 'accept4(2)',
    read: 'recv(2)',
    write: 'send(2), sendfile(2), for at most SO_SNDTIMEO',
  },
  select: {
    ...kReadiness,
    wait: 'select(2)',
    're-arm': 'into the write set, only while output is queued',
    shared: kLeavesTheSet,
  },
  poll: {
    ...kReadiness,
    wait: 'poll(2)',
    're-arm': 'POLLOUT, only while output is queued',
    shared: kLeavesTheSet,
  },
  epoll: {
    ...kReadiness,
    wait: 'epoll_wait(2)',
    shared: 'EPOLL_CTL_MOD with EPOLLONESHOT, as the last call',
  },
  sigio: {
    ...kReadiness,
    wait: 'a real-time signal; after an overflow, a scan of all connections',
    're-arm': 'nothing: F_SETSIG reports each change',
    shared: 'the busy flag is cleared, and recv(2) tried once more',
  },
  aio: {
    wait: 'epoll_wait(2) for the listener, a signal for each completion',
    accept: 'accept4(2)',
    read: 'aio_read(3)',
    write: 'aio_write(3); aio_read(3) first for a file',
    're-arm': 'aio_read(3) again',
  },
  io_uring: {
    wait: 'io_uring_enter(2)',
    accept: 'IORING_OP_ACCEPT, multishot',
    read: 'IORING_OP_RECV, multishot',
    write: 'IORING_OP_SEND; IORING_OP_READ first for a file',
    're-arm': kMultishot,
  },
  'io_uring reactor': {
    ...kReadiness,
    wait: 'IORING_OP_POLL_ADD, multishot',
    're-arm': kMultishot,
    shared: 'IORING_OP_POLL_ADD again, for one event',
  },
};

const kTriggers: Readonly<Record<string, string>> = {
  edge: 'nothing: EPOLLET reports each change',
  level: 'EPOLLOUT by epoll_ctl(2), only while output is queued',
};

/** Appended to a step's call if the model then hands something over. */
const kThen: Readonly<Record<string, Texts>> = {
  'per-connection thread': { accept: ', then pthread_create(3)' },
  'per-connection process': { accept: ', then fork(2); SIGCHLD reaps' },
  'half-sync-half-async thread': {
    accept: ', then by a pipe to the worker with the fewest connections',
  },
  'half-sync-half-async process': {
    accept: ', then by SCM_RIGHTS to the worker with the fewest connections',
  },
  'half-sync-half-reactive reactor': {
    wait: '; ready connections go into the request queue',
    write: ', at once; the loop steps in only if the socket is full',
  },
  'half-sync-half-reactive simulated-proactor': { read: ', then into the request queue' },
  'half-sync-half-reactive proactor': { read: ', then into the request queue' },
};

/** In these models, one thread may be using a connection that another thread is waiting for. */
const kSharesItsWait = ['half-sync-half-reactive', 'leader-followers'];

export function callsOf(values: Values): Texts {
  const { 'io.model': io, 'event.pattern': pattern, 'concurrency.model': model } = values;
  const row = kCalls[`${io} ${pattern}`] ?? kCalls[String(io)];
  if (row === undefined) throw new Error(`no calls are known for the I/O model "${io}"`);
  const { shared, 're-arm': own, ...calls } = row;
  const isShared = kSharesItsWait.includes(String(model)) && pattern !== 'proactor';
  const rearm = isShared ? shared : (own ?? kTriggers[String(values['io.trigger'])]);
  return {
    ...withThen(calls, [`${model} ${values['workers.kind']}`, `${model} ${pattern}`]),
    process: runsInline(values) ? 'your handler' : 'your handler, over a bounded queue',
    ...(rearm !== undefined && { 're-arm': rearm }),
  };
}

function withThen(calls: Calls, keys: readonly string[]): Calls {
  const then = Object.assign({}, ...keys.map((key) => kThen[key])) as Texts;
  return {
    wait: calls.wait + (then.wait ?? ''),
    accept: calls.accept + (then.accept ?? ''),
    read: calls.read + (then.read ?? ''),
    write: calls.write + (then.write ?? ''),
  };
}

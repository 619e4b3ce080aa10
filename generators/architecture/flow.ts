/** Five steps, assigned: who executes wait, accept, read, process and write, and by which call. */

import type { FlowStep } from '../../src/plan/generator.ts';
import type { Values } from '../../src/spec/question.ts';
import { verdictOn } from '../../src/spec/verdict.ts';
import { rules } from './rules.ts';

type Step = FlowStep['step'];
type Steps = Readonly<Record<Exclude<Step, 're-arm'>, string>> & { readonly 're-arm'?: string };

const kSteps: readonly Step[] = ['wait', 'accept', 'read', 'process', 'write', 're-arm'];

/** The table of a complete, possible architecture; null while it is open, and for a refused one. */
export function flow(values: Values): readonly FlowStep[] | null {
  const { 'io.model': io, 'event.pattern': pattern, 'concurrency.model': concurrency } = values;
  if (io === undefined || pattern === undefined || concurrency === undefined) return null;
  if (values['workers.kind'] === undefined && concurrency !== 'single') return null;
  if (verdictOn(rules, values).status === 'refused') return null;
  const executors = withLogic(executorsOf(values), values);
  const calls = callsOf(values);
  return kSteps.flatMap((step) => {
    const [executor, call] = [executors[step], calls[step]];
    return executor === undefined || call === undefined ? [] : [{ step, executor, call }];
  });
}

function executorsOf(values: Values): Steps {
  const worker = values['workers.kind'] === 'process' ? 'worker process' : 'worker';
  switch (values['concurrency.model']) {
    case 'single':
      return byKernel(everyStep('the loop'), values);
    case 'per-connection':
      return perConnection(values);
    case 'half-sync-half-reactive':
      return overTheQueue(values);
    case 'half-sync-half-async':
      return handedOver(worker, values);
    case 'leader-followers':
      return { ...everyStep('the same thread, promoted'), wait: 'the leader' };
    default:
      return byKernel(everyStep(`each ${worker}`), values);
  }
}

function perConnection(values: Values): Steps {
  const [main, own] =
    values['workers.kind'] === 'process'
      ? ['the parent', 'a process of its own']
      : ['the main thread', 'a thread of its own'];
  return { ...everyStep(own), wait: main, accept: main };
}

/** Half-sync/half-reactive: the main loop feeds a bounded queue, and workers empty it. */
function overTheQueue(values: Values): Steps {
  const main = 'the main loop';
  const worker = 'a worker';
  if (values['io.model'] === 'blocking') return everyStep('each worker');
  switch (values['event.pattern']) {
    case 'reactor':
      return { ...everyStep(worker), wait: main, accept: main };
    case 'simulated-proactor':
      return { ...everyStep(main), process: worker };
    default:
      return { ...byKernel(everyStep(main), values), process: worker };
  }
}

/**
 * Half-sync/half-async: threads are given accepted connections; processes accept when they are
 * told.
 */
function handedOver(worker: string, values: Values): Steps {
  const own = `a ${worker}'s own loop`;
  if (worker === 'worker process') return byKernel(everyStep(own), values);
  return { ...byKernel(everyStep(own), values), accept: 'the main loop' };
}

/**
 * In a Proactor the kernel moves the bytes; the loop only starts operations and hears of their end.
 */
function byKernel(steps: Steps, values: Values): Steps {
  if (values['event.pattern'] !== 'proactor') return steps;
  return { ...steps, read: 'the kernel', write: 'the kernel' };
}

function everyStep(executor: string): Required<Steps> {
  return {
    wait: executor,
    accept: executor,
    read: executor,
    process: executor,
    write: executor,
    're-arm': executor,
  };
}

/**
 * These demultiplexers are descriptors themselves, so that libuv can watch them: the loop runs
 * inline.
 */
const kNestable = ['epoll', 'io_uring', 'sigio'];
const kOwnLoop = ['single', 'half-sync-half-async', 'sharded'];

/** In TypeScript the handler runs on a JavaScript thread: the loop's own, or one behind a queue. */
function withLogic(steps: Steps, values: Values): Steps {
  return runsInline(values) ? steps : { ...steps, process: 'a JavaScript thread' };
}

function runsInline(values: Values): boolean {
  if (values.language !== 'typescript') return true;
  const nests = kNestable.includes(String(values['io.model']));
  return nests && kOwnLoop.includes(String(values['concurrency.model']));
}

function callsOf(values: Values): Steps {
  const io = String(values['io.model']);
  const handler = runsInline(values) ? 'your handler' : 'your handler, over a bounded queue';
  const calls = io === 'io_uring' && values['event.pattern'] === 'reactor' ? kPollAdd : kCalls[io];
  if (calls === undefined) throw new Error(`no calls are known for the I/O model "${io}"`);
  const rearm = rearmOf(values) ?? calls['re-arm'];
  const steps: Steps = { ...calls, process: handler };
  return rearm === undefined ? steps : { ...steps, 're-arm': rearm };
}

function rearmOf(values: Values): string | undefined {
  if (values['io.model'] !== 'epoll') return undefined;
  const sharesPoller = ['half-sync-half-reactive', 'leader-followers'];
  if (sharesPoller.includes(String(values['concurrency.model']))) {
    return 'EPOLL_CTL_MOD with EPOLLONESHOT, last of all';
  }
  if (values['io.trigger'] === 'edge') return 'nothing to do: EPOLLET reports each change';
  return 'EPOLLOUT by epoll_ctl(2), only while output is queued';
}

const kSocketCalls = {
  accept: 'accept4(2)',
  read: 'recv(2)',
  process: '',
  write: 'writev(2), sendfile(2)',
} as const;

const kCalls: Readonly<Record<string, Steps>> = {
  blocking: { ...kSocketCalls, wait: 'asleep in accept4(2), then in recv(2)' },
  select: {
    ...kSocketCalls,
    wait: 'select(2)',
    're-arm': 'into the write set, only while output is queued',
  },
  poll: { ...kSocketCalls, wait: 'poll(2)', 're-arm': 'POLLOUT, only while output is queued' },
  epoll: {
    wait: 'epoll_wait(2)',
    accept: 'accept4(2) until EAGAIN',
    read: 'recv(2) until EAGAIN',
    process: '',
    write: 'writev(2), sendfile(2) until EAGAIN',
  },
  sigio: {
    ...kSocketCalls,
    wait: 'sigtimedwait(2); after an overflow, a scan of all connections',
    read: 'recv(2) until EAGAIN',
    write: 'writev(2), sendfile(2) until EAGAIN',
  },
  aio: {
    wait: 'epoll_wait(2) for the listener, a signal for each completion',
    accept: 'accept4(2)',
    read: 'aio_read(3)',
    process: '',
    write: 'aio_write(3)',
    're-arm': 'aio_read(3) again',
  },
  io_uring: {
    wait: 'io_uring_enter(2)',
    accept: 'IORING_OP_ACCEPT, multishot',
    read: 'IORING_OP_RECV, multishot',
    process: '',
    write: 'IORING_OP_SEND, IORING_OP_SPLICE',
    're-arm': 'submitted again where IORING_CQE_F_MORE is clear',
  },
};

const kPollAdd: Steps = {
  ...kSocketCalls,
  wait: 'IORING_OP_POLL_ADD, multishot',
  're-arm': 'submitted again where IORING_CQE_F_MORE is clear',
};

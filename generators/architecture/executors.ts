/** What executes each of the five steps: one row per concurrency model and kind of workers. */

import type { FlowStep } from '../../src/plan/generator.ts';
import type { Values } from '../../src/spec/question.ts';
import { runsInline } from './inline.ts';
import { rowOf } from './rows.ts';

export type Step = FlowStep['step'];
export type Role = 'main' | 'worker' | 'kernel' | 'logic';

/** Steps without an executor are skipped, such as the re-arming of a blocking call. */
export interface Executors {
  readonly roles: Readonly<Partial<Record<Step, Role>>>;
  /** The architecture's name for each role. */
  readonly names: Readonly<Partial<Record<Role, string>>>;
}

interface Duty {
  readonly name: string;
  readonly does: readonly Step[];
}

/** The steps of the kernel and of JavaScript threads are added later, by pattern and language. */
type Row = Readonly<Partial<Record<'main' | 'worker', Duty>>>;

const kBlockingSteps = ['wait', 'accept', 'read', 'process', 'write'] as const;
const kAllSteps = [...kBlockingSteps, 're-arm'] as const;

/** By model, kind of workers and event pattern. */
const kRows: Readonly<Record<string, Row>> = {
  single: { main: { name: 'the loop', does: kAllSteps } },
  'single thread direct': { main: { name: 'the main thread', does: kBlockingSteps } },
  'per-connection thread': perConnection('the main thread', 'its own thread'),
  'per-connection process': perConnection('the parent', 'its own process'),
  'half-sync-half-reactive thread': {
    main: { name: 'the main loop', does: ['wait', 'accept', 'read', 'write', 're-arm'] },
    worker: { name: 'a worker', does: ['process'] },
  },
  'half-sync-half-reactive thread reactor': {
    main: { name: 'the main loop', does: ['wait', 'accept', 're-arm'] },
    worker: { name: 'a worker', does: ['read', 'process', 'write'] },
  },
  'half-sync-half-reactive thread direct': {
    worker: { name: 'each worker', does: kBlockingSteps },
  },
  'half-sync-half-async thread': handedOver('the main loop', "a worker's own loop"),
  'half-sync-half-async process': handedOver('the parent', "a worker process's own loop"),
  'leader-followers thread': {
    main: { name: 'the leader', does: ['wait', 'accept'] },
    worker: {
      name: 'the same thread, after promoting',
      does: ['read', 'process', 'write', 're-arm'],
    },
  },
  'leader-followers thread direct': ledAccept('thread'),
  'leader-followers process direct': ledAccept('process'),
  'sharded thread': { worker: { name: 'each worker', does: kAllSteps } },
  'sharded thread direct': { worker: { name: 'each worker', does: kBlockingSteps } },
  'sharded process': { worker: { name: 'each worker process', does: kAllSteps } },
  'sharded process direct': { worker: { name: 'each worker process', does: kBlockingSteps } },
};

function perConnection(main: string, own: string): Row {
  return {
    main: { name: main, does: ['accept'] },
    worker: { name: own, does: ['wait', 'read', 'process', 'write'] },
  };
}

function handedOver(main: string, own: string): Row {
  return {
    main: { name: main, does: ['accept'] },
    worker: { name: own, does: ['wait', 'read', 'process', 'write', 're-arm'] },
  };
}

function ledAccept(kind: 'thread' | 'process'): Row {
  return {
    main: { name: 'the leader', does: ['wait', 'accept'] },
    worker: { name: `the same ${kind}, after promoting`, does: ['read', 'process', 'write'] },
  };
}

/** For a complete and possible architecture. Errors: throws if no row matches, which is a bug. */
export function executorsOf(values: Values): Executors {
  const { main, worker } = rowOf(kRows, values);
  const names = {
    ...(main && { main: main.name }),
    ...(worker && { worker: worker.name }),
  };
  const roles = {
    ...Object.fromEntries((main?.does ?? []).map((step) => [step, 'main' as const])),
    ...Object.fromEntries((worker?.does ?? []).map((step) => [step, 'worker' as const])),
  };
  return withLogic(withKernel({ roles, names }, values), values);
}

/**
 * In a Proactor the kernel moves the bytes; loops only start operations and are told of completion.
 */
function withKernel({ roles, names }: Executors, values: Values): Executors {
  if (values['event.pattern'] !== 'proactor') return { roles, names };
  return {
    roles: { ...roles, read: 'kernel', write: 'kernel' },
    names: { ...names, kernel: 'the kernel' },
  };
}

/** In TypeScript the handler runs on a JavaScript thread: the loop's own, or one behind a queue. */
function withLogic({ roles, names }: Executors, values: Values): Executors {
  if (runsInline(values)) return { roles, names };
  return {
    roles: { ...roles, process: 'logic' },
    names: { ...names, logic: 'a JavaScript thread' },
  };
}

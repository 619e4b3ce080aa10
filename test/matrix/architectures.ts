/** Every architecture the generator offers, and what its servers support. */

import { type Executors, executorsOf } from '../../generators/architecture/executors.ts';
import { catalog } from '../../src/project.ts';
import type { Values } from '../../src/spec/question.ts';
import type { Mode } from './mode.ts';

export type Language = 'cpp' | 'typescript';

export interface Architecture {
  /** `cpp-epoll-edge-reactor-sharded-threads` */
  readonly id: string;
  readonly language: Language;
  /** `epoll (edge), reactor, sharded, threads` */
  readonly title: string;
  readonly values: Values;
  /** Offered with a warning. */
  readonly warned: boolean;
  /** What takes which step: the same rows that the README and `explain` print. */
  readonly executors: Executors;
  /** The generator's default: its server also runs the checks that need only one server. */
  readonly sample: boolean;
  readonly hasWorkers: boolean;
  /** See the suite's `Target`. */
  readonly capacity: number;
  readonly blocks: boolean;
  /** Flags of every server of this architecture. */
  readonly serverFlags: readonly string[];
  /** Its bytes are masked; see disguise.ts. Default: 0, unchanged. */
  readonly mask?: number;
  /** Several threads work in one process, and all of them are ours. */
  readonly threaded: boolean;
}

/** As `options --json` lists them, in the same order. */
export function offered(): readonly Architecture[] {
  return catalog
    .architectures()
    .filter(({ status }) => status !== 'refused')
    .map(({ values, status }) => architectureOf(values, status === 'warn'));
}

function architectureOf(values: Values, warned: boolean): Architecture {
  const io = String(values['io.model']);
  const model = String(values['concurrency.model']);
  const hasWorkers = model !== 'single';
  const trigger = values['io.trigger'];
  const kind = values['workers.kind'] === 'process' ? 'processes' : 'threads';
  const pattern = String(values['event.pattern']);
  const rest = [pattern, model, ...(hasWorkers ? [kind] : [])];
  const triggered = trigger === undefined ? io : `${io} (${trigger})`;
  const words = trigger === undefined ? [io] : [io, String(trigger)];
  const blocks = io === 'blocking';
  return {
    id: [values.language, ...words, ...rest].join('-'),
    language: values.language === 'typescript' ? 'typescript' : 'cpp',
    title: [triggered, ...rest].join(', '),
    values,
    warned,
    executors: executorsOf(values),
    sample: [io, trigger, ...rest].join() === 'epoll,edge,reactor,half-sync-half-async,threads',
    hasWorkers,
    capacity: capacityOf(io, model),
    blocks,
    serverFlags: blocks ? blockingFlags(model) : [],
    threaded: hasWorkers && kind === 'threads' && io !== 'aio',
  };
}

/**
 * Whether a mode can test the architecture: the sanitizers see only C++, and races need threads.
 * The threads that glibc starts for POSIX aio free memory, when they exit, whose allocation the
 * thread sanitizer hasn't seen, and this crashes it.
 */
export function isMeantFor({ language, threaded }: Architecture, mode: Mode): boolean {
  if (mode === 'release') return true;
  return language === 'cpp' && (mode !== 'tsan' || threaded);
}

/**
 * How many clients blocking workers serve at a time, one each. There are a few more workers, since
 * a client that has just disconnected may still occupy one.
 */
const kBlockingCapacity = 64;
const kBlockingWorkers = kBlockingCapacity + 8;

function blockingFlags(model: string): readonly string[] {
  if (model === 'single') return [];
  return ['--workers', String(model === 'sharded' ? 4 : kBlockingWorkers)];
}

/** How many simultaneous connections the suite may use. */
function capacityOf(io: string, model: string): number {
  switch (io) {
    case 'blocking':
      // The kernel may give two connections to the same shard: then the second one waits for the
      // first to close.
      return model === 'single' || model === 'sharded' ? 1 : kBlockingCapacity;
    case 'select':
      // FD_SETSIZE is 1,024, and the server has descriptors of its own.
      return 800;
    case 'aio':
      // Each waiting read occupies one of glibc's threads.
      return 200;
    default:
      return Number.POSITIVE_INFINITY;
  }
}

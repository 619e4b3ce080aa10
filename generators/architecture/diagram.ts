/** The picture of an architecture: executors, the steps they take, and what they hand on. */

import type { Arrow, Box, Diagram } from '../../src/diagram/diagram.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { type Executors, executorsOf, type Role } from './executors.ts';
import { rowOf } from './rows.ts';

interface Sketch {
  /** What is between the clients and the first executor, if anything. */
  readonly entrance?: Box;
  /** The label above the steps of the main executor. */
  readonly main?: string;
  /** The label of the arrow from the main executor, or from the entrance, to the workers. */
  readonly way?: string;
  /** A box in the middle of that arrow. */
  readonly queue?: Box;
  /** The label above the steps of each worker; a number is appended. */
  readonly worker?: string;
}

const kReusePort = entrance('SO_REUSEPORT: by hash of address and port');
const kOneSocket = entrance('wakes one worker in accept4(2)');
const kQueue: Box = { id: 'queue', shape: 'queue', lines: ['request queue, bounded'] };

/** By model, kind of workers and event pattern, like the rows of `executors.ts`. */
const kSketches: Readonly<Record<string, Sketch>> = {
  single: { main: 'the loop' },
  'single thread direct': { main: 'the main thread' },
  'per-connection thread': {
    main: 'the main thread',
    way: 'a thread per connection',
    worker: 'thread',
  },
  'per-connection process': {
    main: 'the parent',
    way: 'fork(2) per connection',
    worker: 'child',
  },
  'half-sync-half-reactive thread': {
    main: 'the main loop',
    way: 'requests',
    queue: kQueue,
    worker: 'worker',
  },
  'half-sync-half-reactive thread reactor': {
    main: 'the main loop',
    way: 'ready connections',
    queue: kQueue,
    worker: 'worker',
  },
  'half-sync-half-reactive thread direct': { entrance: kOneSocket, worker: 'worker' },
  'half-sync-half-async thread': {
    main: 'main loop',
    way: 'connection, by a pipe',
    worker: 'worker loop',
  },
  'half-sync-half-async process': {
    main: 'parent',
    way: 'connection, by SCM_RIGHTS',
    worker: 'worker process',
  },
  'leader-followers': { main: 'the leader', worker: 'processing' },
  'sharded thread': { entrance: kReusePort, worker: 'loop' },
  'sharded thread direct': { entrance: kReusePort, worker: 'thread' },
  'sharded process': { entrance: kReusePort, worker: 'process' },
};

function entrance(what: string): Box {
  return { id: 'kernel', shape: 'kernel', lines: ['kernel', what] };
}

const kClients: Box = { id: 'clients', shape: 'clients', lines: ['clients'] };

interface Part {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Errors: throws for an architecture without a sketch: a bug. */
export function diagramOf(spec: Spec): Diagram {
  const executors = executorsOf(spec.values);
  const sketch = rowOf(kSketches, spec.values);
  const isLed = answerOf(spec, 'concurrency.model') === 'leader-followers';
  const crew = isLed ? led(executors) : crewOf(sketch, executors);
  const logic = logicBehind(isLed ? ['worker'] : loopsOf(sketch), executors);
  const mover = moverBelow(sketch, executors);
  const first = sketch.entrance ?? crew.boxes[0];
  if (first === undefined) throw new Error('a sketch without an executor');
  const own = [...crew.boxes, ...logic.boxes];
  const outside = [kClients, ...(sketch.entrance === undefined ? [] : [sketch.entrance])];
  const isOneProcess = answerOf(spec, 'workers.kind') === 'thread';
  return {
    boxes: [...outside, ...own, ...mover.boxes],
    arrows: [arrow(kClients.id, first.id), ...crew.arrows, ...logic.arrows, ...mover.arrows],
    process: isOneProcess ? own.map(({ id }) => id) : [],
  };
}

/** The main executor, its first and last worker, and the queue between them, if any. */
function crewOf({ main, way = '', queue, worker }: Sketch, executors: Executors): Part {
  const mains = main === undefined ? [] : [executor('main', main, stepsOf(executors, 'main'))];
  if (worker === undefined) return { boxes: mains, arrows: [] };
  const steps = stepsOf(executors, 'worker');
  const from = main === undefined ? 'kernel' : 'main';
  const workers = [executor('first', `${worker} 1`, steps), executor('last', `${worker} n`, steps)];
  const arrowsFrom = (id: string, label: string): readonly Arrow[] =>
    workers.map((each) => arrow(id, each.id, label));
  return queue === undefined
    ? { boxes: [...mains, ...workers], arrows: arrowsFrom(from, way) }
    : {
        boxes: [...mains, queue, ...workers],
        arrows: [arrow(from, queue.id, way), ...arrowsFrom(queue.id, '')],
      };
}

/** Leader/followers: one thread in two roles, and the followers that sleep until promoted. */
function led(executors: Executors): Part {
  return {
    boxes: [
      executor('main', 'the leader', stepsOf(executors, 'main')),
      executor('worker', 'processing', stepsOf(executors, 'worker')),
      executor('followers', 'followers', 'asleep'),
    ],
    arrows: [
      arrow('main', 'worker', 'an event: promotes a follower'),
      arrow('worker', 'followers', 'joins'),
      arrow('followers', 'main', 'the next leader', 'later'),
    ],
  };
}

/** The JavaScript threads that answer the requests of the boxes in `from`, if there are any. */
function logicBehind(from: readonly string[], { roles }: Executors): Part {
  if (roles.process !== 'logic') return { boxes: [], arrows: [] };
  return {
    boxes: [
      { id: 'jobs', shape: 'queue', lines: ['bounded queue'] },
      executor('logic', 'JavaScript threads', 'process'),
    ],
    arrows: [...from.map((id) => arrow(id, 'jobs', 'requests')), arrow('jobs', 'logic')],
  };
}

/** In a Proactor, operations go down to the kernel, and completions come up. */
function moverBelow(sketch: Sketch, executors: Executors): Part {
  if (executors.roles.read !== 'kernel') return { boxes: [], arrows: [] };
  const isMains = sketch.main !== undefined && sketch.queue !== undefined;
  const label = 'operations, completions';
  return {
    boxes: [{ id: 'mover', shape: 'kernel', lines: ['kernel', stepsOf(executors, 'kernel')] }],
    arrows: (isMains ? ['main'] : loopsOf(sketch)).map((id) => arrow(id, 'mover', label, 'both')),
  };
}

/** The ids of the executors that hold connections, unless the main executor holds all of them. */
function loopsOf({ worker }: Sketch): readonly string[] {
  return worker === undefined ? ['main'] : ['first', 'last'];
}

function executor(id: string, name: string, steps: string): Box {
  return { id, shape: 'executor', lines: [name, steps] };
}

function arrow(from: string, to: string, label = '', kind: Arrow['kind'] = 'one-way'): Arrow {
  return { from, to, label, kind };
}

function stepsOf({ roles }: Executors, role: Role): string {
  const steps = Object.entries(roles).filter(([, own]) => own === role);
  const order = ['wait', 'accept', 'read', 'process', 'write'];
  return order.filter((step) => steps.some(([own]) => own === step)).join(' · ');
}

/** An architecture as a Mermaid flowchart: executors, the steps that they do, what they hand on. */

import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { type Executors, executorsOf, type Role } from '../architecture/executors.ts';
import { rowOf } from '../architecture/rows.ts';

interface Sketch {
  /** Who stands between the clients and the first executor, if anybody. */
  readonly entrance?: string;
  /** Above the steps that the main executor does. */
  readonly main?: string;
  /** What leads from the main executor, or the entrance, to the workers. */
  readonly way?: string;
  /** A box on that way. */
  readonly queue?: string;
  /** Above the steps of each worker; a number is added to it. */
  readonly worker?: string;
}

const kReusePort = 'kernel{{"kernel<br>SO_REUSEPORT: by hash of address and port"}}';
const kOneSocket = 'kernel{{"kernel<br>wakes one of those that sleep in accept4(2)"}}';
const kQueue = 'queue[("request queue, bounded")]';

/** By model, kind of workers and event pattern, as the rows of `executors.ts`. */
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

/** The lines of the flowchart. Errors: throws for an architecture that has no sketch: a bug. */
export function pictureOf(spec: Spec): readonly string[] {
  const model = answerOf(spec, 'concurrency.model');
  const executors = executorsOf(spec.values);
  const sketch = rowOf(kSketches, spec.values);
  const boxes = model === 'leader-followers' ? led(executors) : boxesOf(sketch, executors);
  const isOneProcess = answerOf(spec, 'workers.kind') === 'thread';
  return [
    'flowchart LR',
    `  clients([clients]) --> ${sketch.entrance ?? 'main'}`,
    ...(isOneProcess
      ? ['  subgraph process', ...boxes.map((line) => `  ${line}`), '  end']
      : boxes),
    ...kernelLines(sketch, executors),
  ];
}

function boxesOf({ main, way, queue, worker }: Sketch, executors: Executors): readonly string[] {
  const from = main === undefined ? 'kernel' : 'main';
  const arrow = way === undefined ? '-->' : `-- "${way}" -->`;
  const box = (id: string, number: string): string =>
    `${id}["${worker} ${number}<br>${stepsOf(executors, 'worker')}"]`;
  const workers =
    worker === undefined
      ? []
      : [
          ...(queue === undefined ? [] : [`  ${from} ${arrow} ${queue}`]),
          `  ${queue === undefined ? `${from} ${arrow}` : 'queue -->'} ${box('first', '1')}`,
          `  ${queue === undefined ? `${from} ${arrow}` : 'queue -->'} ${box('last', 'n')}`,
        ];
  return [
    ...(main === undefined ? [] : [`  main["${main}<br>${stepsOf(executors, 'main')}"]`]),
    ...workers,
    ...logicLines(worker === undefined ? ['main'] : ['first', 'last'], executors),
  ];
}

/** Leader/followers: one thread in two roles, and those that sleep until they are promoted. */
function led(executors: Executors): readonly string[] {
  return [
    `  main["the leader<br>${stepsOf(executors, 'main')}"]`,
    `  main -- "an event: promotes a follower" --> worker["processing<br>${stepsOf(executors, 'worker')}"]`,
    '  worker -- "joins" --> followers["followers<br>asleep"]',
    '  followers -. "the next leader" .-> main',
    ...logicLines(['worker'], executors),
  ];
}

function logicLines(from: readonly string[], { roles }: Executors): readonly string[] {
  if (roles.process !== 'logic') return [];
  return [
    `  ${from.join(' & ')} -- "requests" --> jobs[("bounded queue")]`,
    '  jobs --> logic["JavaScript threads<br>process"]',
  ];
}

/** In a Proactor operations go down to the kernel, and completions come up. */
function kernelLines({ main, worker, queue }: Sketch, executors: Executors): readonly string[] {
  if (executors.roles.read !== 'kernel') return [];
  const isMains = worker === undefined || (main !== undefined && queue !== undefined);
  const loops = isMains ? 'main' : 'first & last';
  return [
    `  ${loops} <-- "operations, completions" --> mover{{"kernel<br>${stepsOf(executors, 'kernel')}"}}`,
  ];
}

function stepsOf({ roles }: Executors, role: Role): string {
  const steps = Object.entries(roles).filter(([, own]) => own === role);
  const order = ['wait', 'accept', 'read', 'process', 'write'];
  return order.filter((step) => steps.some(([own]) => own === step)).join(' · ');
}

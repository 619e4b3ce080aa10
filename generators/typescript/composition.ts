/** Which parts of the runtime and the addon a spec composes: one row per kind of cell. */

import type { AddonPart } from '../../src/plan/contribution.ts';
import type { Values } from '../../src/spec/question.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { runsInline } from '../architecture/inline.ts';
import { type ServerPart, serverOf } from '../core/servers.ts';

export interface Composition {
  /** The function that starts the server, and its module below `src/server/`. */
  readonly start: string;
  readonly module: string;
  /** What each worker runs; null if connections are served on the main thread. */
  readonly workerModule: string | null;
  readonly parts: readonly AddonPart[];
  /** The class that native threads run, by its full header; null if loops run inline. */
  readonly server: ServerPart | null;
  /** One or two lines of a comment: which part does what. */
  readonly story: readonly string[];
}

type Row = Omit<Composition, 'server' | 'story'>;

const kLoop = { header: 'inline/loop_object.h', define: 'LoopObject::add_to' };
const kDispatcher = { header: 'inline/dispatcher_object.h', define: 'DispatcherObject::add_to' };
const kServerCalls = { header: 'inline/server_calls.h', define: 'add_server_calls' };
const kWorker = { header: 'queue/worker_object.h', define: 'WorkerObject::add_to' };
const kServerObject = { header: 'queue/server_object.h', define: 'ServerObject::add_to' };
const kAdopt = { header: 'process/adopt_calls.h', define: 'add_adopt_calls' };
const kInherit = { header: 'process/inherit_calls.h', define: 'add_inherit_calls' };
const kEnd = { header: 'end/end_calls.h', define: 'add_end_calls' };
const kParent = { header: 'process/parent_object.h', define: 'ParentObject::add_to' };

const kInlineChild = { workerModule: 'process-worker', parts: [kLoop, kAdopt, kParent] };
const kQueueChild = {
  workerModule: 'queue-process-worker',
  parts: [kInherit, kParent, kServerObject, kWorker],
};

const kHandsOut = { start: 'startHalfSyncHalfAsync', module: 'half-sync-half-async-processes' };
const kSharded = { start: 'startSharded', module: 'sharded-processes' };

/** By kind of workers, place of the handlers, and model; the most specific key wins. */
const kRows: Readonly<Record<string, Row>> = {
  'thread inline single': {
    start: 'startSingle',
    module: 'single',
    workerModule: null,
    parts: [kLoop, kServerCalls],
  },
  'thread inline half-sync-half-async': {
    start: 'startHalfSyncHalfAsync',
    module: 'half-sync-half-async',
    workerModule: 'worker',
    parts: [kDispatcher, kLoop, kServerCalls],
  },
  'thread inline sharded': {
    start: 'startSharded',
    module: 'sharded',
    workerModule: 'worker',
    parts: [kLoop, kServerCalls],
  },
  'thread queue': {
    start: 'startQueueServer',
    module: 'queue-server',
    workerModule: 'queue-worker',
    parts: [kServerObject, kWorker],
  },
  'thread queue single': {
    start: 'startSingle',
    module: 'queue-single',
    workerModule: null,
    parts: [kServerObject, kWorker],
  },
  'process inline half-sync-half-async': { ...kHandsOut, ...kInlineChild },
  'process inline sharded': { ...kSharded, ...kInlineChild },
  'process queue half-sync-half-async': { ...kHandsOut, ...kQueueChild },
  'process queue sharded': { ...kSharded, ...kQueueChild },
};

/** In a child process whose handlers are behind a queue, whatever the model. */
const kChildServer: ServerPart = {
  type: 'ChildServer',
  header: 'addon/process/child_server.h',
  story: [
    "One loop in each child process. It accepts from its parent's sockets, or receives connections",
    'from the parent, and reads and writes for them.',
  ],
};

/** The answers that `compositionOf` reads, for `because`. */
export const kCompositionKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'io.model',
  'workers.kind',
];

export function compositionOf(spec: Spec): Composition {
  const story = storyOf(serverOf(spec), spec.values);
  const row = rowFor(spec.values);
  return { ...row, parts: [kEnd, ...row.parts], server: nativeServer(spec), story };
}

function nativeServer(spec: Spec): ServerPart | null {
  if (runsInline(spec.values)) return null;
  if (answerOf(spec, 'workers.kind') === 'process') return kChildServer;
  const server = serverOf(spec);
  return { ...server, header: `hpserver/${server.header}` };
}

function rowFor(values: Values): Row {
  const where = `${values['workers.kind']} ${runsInline(values) ? 'inline' : 'queue'}`;
  const row = kRows[`${where} ${values['concurrency.model']}`] ?? kRows[where];
  if (row === undefined) throw new Error(`the runtime has no row for "${where}"`);
  return row;
}

/** The core's own comment, extended if JavaScript threads run the handlers. */
function storyOf({ story }: ServerPart, values: Values): readonly string[] {
  if (runsInline(values)) return story;
  return [...story, 'Handlers run on JavaScript threads, behind a bounded queue.'];
}

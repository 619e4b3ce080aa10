/** Which parts of the runtime a spec composes: what `main.ts` names, and why. */

import { answerOf, type Spec } from '../../src/spec/spec.ts';

export interface Model {
  readonly type: string;
  /** Below `src/server/`, without its extension. */
  readonly module: string;
  /** One or two lines of a comment: who does what. */
  readonly story: readonly string[];
}

export interface Composition {
  readonly model: Model;
  readonly trigger: 'edge' | 'level';
  /** Whether connections are served on worker threads. */
  readonly hasWorkers: boolean;
}

const kModels: Readonly<Record<string, Model>> = {
  single: {
    type: 'Single',
    module: 'single',
    story: ['One loop, on this thread: it waits, accepts, reads, processes and writes.'],
  },
  'half-sync-half-async': {
    type: 'HalfSyncHalfAsync',
    module: 'half-sync-half-async',
    story: [
      'This thread accepts, and hands each connection to one of the workers, whose own loop waits,',
      'reads, processes and writes for it from then on.',
    ],
  },
  sharded: {
    type: 'Sharded',
    module: 'sharded',
    story: [
      'Each worker is a whole server with a listening socket and a loop of its own: the kernel',
      'spreads the connections, and each loop waits, accepts, reads, processes and writes.',
    ],
  },
};

/** The answers that `compositionOf` reads, for `because`. */
export const kCompositionKeys: readonly string[] = ['concurrency.model', 'io.trigger'];

export function compositionOf(spec: Spec): Composition {
  const value = String(answerOf(spec, 'concurrency.model'));
  const model = kModels[value];
  if (model === undefined) throw new Error(`the runtime has no concurrency model "${value}"`);
  return {
    model,
    trigger: answerOf(spec, 'io.trigger') === 'edge' ? 'edge' : 'level',
    hasWorkers: value !== 'single',
  };
}

/** Which parts of the core a spec composes: what `main.cc` names, and why. */

import { answerOf, type Spec } from '../../src/spec/spec.ts';
import type { CoreEntry } from '../core/core-files.ts';

/** A class of the core, and the header below its folder that declares it. */
export interface Part {
  readonly type: string;
  readonly header: string;
}

export interface Model extends Part {
  /** Two or three lines of a comment: who does what. */
  readonly story: readonly string[];
}

export interface Composition {
  readonly poller: Part;
  readonly model: Model;
  readonly trigger: 'edge' | 'level';
}

const kPollers: Readonly<Record<string, Part>> = {
  epoll: { type: 'EpollPoller', header: 'epoll_poller' },
};

const kModels: Readonly<Record<string, Model>> = {
  single: {
    type: 'Single',
    header: 'single',
    story: ['One loop, on this thread: it waits, accepts, reads, processes and writes.'],
  },
  'half-sync-half-async': {
    type: 'HalfSyncHalfAsync',
    header: 'half_sync_half_async',
    story: [
      "This thread's loop accepts, and gives each connection to one of the workers' loops, which waits,",
      'reads, processes and writes for it from then on.',
    ],
  },
  sharded: {
    type: 'Sharded',
    header: 'sharded',
    story: [
      'Each worker is a whole server with a listening socket and a loop of its own: the kernel spreads',
      'the connections, and each loop waits, accepts, reads, processes and writes.',
    ],
  },
};

/** The answers that `compositionOf` reads, for `because`. */
export const kCompositionKeys: readonly string[] = ['concurrency.model', 'io.model', 'io.trigger'];

export function compositionOf(spec: Spec): Composition {
  return {
    poller: partOf(kPollers, spec, 'io.model'),
    model: partOf(kModels, spec, 'concurrency.model'),
    trigger: answerOf(spec, 'io.trigger') === 'edge' ? 'edge' : 'level',
  };
}

/** The headers that the project's sources include, with the answers that make them do so. */
export function coreEntries(spec: Spec): readonly CoreEntry[] {
  const { poller, model } = compositionOf(spec);
  const http = ['access_log', 'request', 'response', 'router', 'service'];
  return [
    ...kAlwaysIncluded.map((header) => ({ header, because: [] })),
    ...http.map((header) => ({
      header: `hpserver/protocol/http/${header}.h`,
      because: ['application'],
    })),
    { header: `hpserver/poller/${poller.header}.h`, because: ['io.model'] },
    { header: `hpserver/concurrency/${model.header}.h`, because: ['concurrency.model'] },
  ];
}

const kAlwaysIncluded = [
  'hpserver/base/result.h',
  'hpserver/concurrency/server_options.h',
  'hpserver/event/signal_source.h',
  'hpserver/net/address.h',
  'hpserver/net/listen.h',
  'hpserver/os/limits.h',
  'hpserver/poller/make_poller.h',
];

function partOf<P extends Part>(parts: Readonly<Record<string, P>>, spec: Spec, key: string): P {
  const value = String(answerOf(spec, key));
  const part = parts[value];
  if (part === undefined) throw new Error(`the core has no part for ${key} "${value}"`);
  return part;
}

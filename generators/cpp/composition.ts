/** Which parts of the core a spec composes: what `main.cc` uses, and why. */

import type { Contributed } from '../../src/plan/contribution.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { poolSettings } from '../architecture/settings/pool-settings.ts';
import type { CoreEntry } from '../core/core-files.ts';
import { ioParts, kIoKeys, spellMaker } from '../core/io-parts.ts';
import { kServerKeys, type ServerPart, serverOf } from '../core/servers.ts';
import { servicesIn } from '../shared/services.ts';
import { checksOf } from '../shared/settings/checks.ts';
import { applicationOf } from './application.ts';

export interface Composition {
  readonly maker: string;
  readonly server: ServerPart;
  /** Which steps the loop itself takes; null if it takes all that it can. */
  readonly duties: string | null;
  /** Whether the workers are separate processes. */
  readonly forks: boolean;
  /** The quoted includes of `main.cc`, sorted. */
  readonly includes: readonly string[];
}

/** The answers that `compositionOf` reads, for `because`. */
export const kCompositionKeys: readonly string[] = [...new Set([...kIoKeys, ...kServerKeys])];

export function compositionOf(spec: Spec, contributed: Contributed): Composition {
  const { httpOptions, steps } = contributed;
  const services = servicesIn(contributed.services, 'cpp').items;
  const io = ioParts(spec);
  const server = serverOf(spec);
  return {
    maker: spellMaker(io, 'hpserver::'),
    server,
    duties: server.duties ?? null,
    forks: forks(spec),
    includes: [
      ...new Set([
        ...[...io.headers, server.header, ...kMainIncludes].map(below),
        ...applicationOf(contributed).main.headers,
        ...httpOptions.items.map(({ cpp }) => cpp.header),
        ...(services.length > 0 ? [below(kServiceSet)] : []),
        ...['config.h', 'log.h'],
        ...services.map(({ header }) => header),
        ...steps.items.flatMap(({ moment, cpp }) => {
          return cpp === null || moment === 'read' ? [] : [cpp.header];
        }),
      ]),
    ].sort(),
  };
}

/** Whether the server's workers are processes: they inherit what the parent opens. */
export function forks(spec: Spec): boolean {
  return answerOf(spec, 'workers.kind') === 'process';
}

/** The headers the project's sources include, with the answers that require them. */
export function coreEntries(spec: Spec, contributed: Contributed): readonly CoreEntry[] {
  return [
    ...[...kMainIncludes, ...kOtherIncludes].map((header) => entry(header, [])),
    ...ioParts(spec).headers.map((header) => entry(header, kIoKeys)),
    entry(serverOf(spec).header, kServerKeys),
    ...serviceEntries(contributed),
    ...[contributed.serverOptions, contributed.httpOptions].flatMap(({ items, because }) =>
      items
        .filter(({ cpp }) => cpp.header.startsWith(below('')))
        .map(({ cpp }) => ({ header: cpp.header, because })),
    ),
    ...contributed.core.items.map((header) => entry(header, contributed.core.because)),
    ...poolEntries(spec),
  ];
}

/** The quoted includes of `config.cc`, sorted. */
export function configIncludes(
  { orders, serverOptions, settings, steps }: Contributed,
  sharesMemory: boolean,
): readonly string[] {
  const core = [
    ...(sharesMemory ? ['connection/buffer_pool.h'] : []),
    ...['connection/memory_budget.h', 'os/limits.h'],
  ];
  const options = serverOptions.items.map(({ cpp }) => cpp.header);
  const checks = settings.items.flatMap(checksOf).map(({ cpp }) => cpp.header);
  const reviews = steps.items.flatMap(
    ({ moment, cpp }) => (moment === 'read' && cpp?.header) || [],
  );
  const replies = orders.items.map(({ cpp }) => cpp.header);
  return [...new Set([...core.map(below), ...options, ...checks, ...reviews, ...replies])].sort();
}

/** What it takes to combine several services in one server. */
function serviceEntries({ services }: Contributed): readonly CoreEntry[] {
  const { items, because } = servicesIn(services, 'cpp');
  if (items.length === 0) return [];
  const headers = ['connection/channel.h', kServiceSet, 'connection/service.h'];
  return headers.map((header) => entry(header, because));
}

function poolEntries(spec: Spec): readonly CoreEntry[] {
  const { sharesMemory } = poolSettings(spec);
  return sharesMemory ? [entry('connection/buffer_pool.h', ['pools.memory'])] : [];
}

function entry(header: string, because: readonly string[]): CoreEntry {
  return { header: below(header), because };
}

function below(header: string): string {
  return `hpserver/${header}`;
}

const kServiceSet = 'connection/service_set.h';

/** `main.cc` includes these in every architecture; HTTP's header depends on the application. */
const kMainIncludes = ['event/signal_hub.h', 'socket/listen.h', 'os/standard_descriptors.h'];

const kOtherIncludes = [
  'base/result.h',
  'concurrency/server_options.h',
  'socket/address.h',
  'connection/memory_budget.h',
  'os/fd.h',
  'os/limits.h',
];

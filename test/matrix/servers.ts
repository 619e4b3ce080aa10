/**
 * Servers of single architectures, for tests that need more from them than the suite does. All of
 * them are one build, whichever test comes first; prepare.ts runs it beforehand.
 */

import { join } from 'node:path';
import { z } from 'zod';
import type { Values } from '../../src/spec/question.ts';
import type { Target } from '../blackbox/server.ts';
import { builtOnce, kCoreFolders } from '../built-once.ts';
import { type Architecture, offered } from './architectures.ts';
import { build } from './build.ts';
import { kMask } from './disguise.ts';
import { generate, kCache } from './projects.ts';
import { targetOf } from './target.ts';

/** Architectures with limits, grouped by the cause of the limit. */
export const kSelect: readonly string[] = [
  'cpp-select-reactor-single',
  'cpp-select-reactor-sharded-processes',
];
export const kAio: readonly string[] = [
  'cpp-aio-proactor-single',
  'cpp-aio-proactor-half-sync-half-reactive-threads',
];
export const kQueues: readonly string[] = [
  'cpp-epoll-edge-reactor-half-sync-half-reactive-threads',
  'cpp-epoll-level-simulated-proactor-half-sync-half-reactive-threads',
  'cpp-poll-reactor-half-sync-half-reactive-threads',
  'cpp-io_uring-proactor-half-sync-half-reactive-threads',
  'typescript-epoll-edge-reactor-half-sync-half-reactive-threads',
];

/** The servers whose system calls are counted. */
export const kLoops: readonly string[] = [
  'cpp-epoll-edge-reactor-half-sync-half-async-threads',
  'cpp-epoll-level-reactor-half-sync-half-async-threads',
];
/**
 * All connections use one ring: several rings would divide the work, and each would have less to do
 * at a time.
 */
export const kRings: readonly string[] = ['cpp-io_uring-proactor-single'];

/** The servers whose worker processes are killed, and that receive storms of signals. */
export const kPools: readonly string[] = [
  'cpp-epoll-edge-reactor-sharded-processes',
  'cpp-epoll-edge-reactor-half-sync-half-async-processes',
  'cpp-io_uring-proactor-half-sync-half-async-processes',
  'typescript-epoll-edge-reactor-sharded-processes',
  'typescript-epoll-edge-reactor-half-sync-half-async-processes',
];
export const kSignalled: readonly string[] = [
  ...kPools.slice(0, 2),
  'cpp-epoll-edge-reactor-single',
  'cpp-epoll-edge-reactor-leader-followers-threads',
  'cpp-poll-reactor-half-sync-half-reactive-threads',
  'cpp-sigio-reactor-single',
  'cpp-aio-proactor-single',
  'cpp-io_uring-proactor-sharded-threads',
  'cpp-blocking-direct-per-connection-processes',
  'cpp-blocking-direct-half-sync-half-reactive-threads',
];

/**
 * For each language, one architecture for each transport, and those in which connections move
 * between threads.
 */
export const kDisguised: readonly string[] = [
  'cpp-epoll-edge-reactor-half-sync-half-async-threads',
  'cpp-io_uring-proactor-half-sync-half-reactive-threads',
  'cpp-blocking-direct-half-sync-half-reactive-threads',
  'typescript-epoll-edge-reactor-sharded-threads',
  'typescript-io_uring-proactor-half-sync-half-reactive-threads',
  'typescript-blocking-direct-half-sync-half-reactive-threads',
];

/** The variant of an architecture whose bytes are masked. */
export function disguiseOf(id: string): string {
  return `disguised-${id}`;
}

/** An architecture with further answers; `name` is the variant's own. */
interface Variant {
  readonly name: string;
  readonly of: string;
  readonly answers: Values;
  /** See `Architecture`. */
  readonly mask?: number;
}

const growing = { 'workers.growth': 'growing' };
const kVariants: readonly Variant[] = [
  ...kDisguised.map((of) => ({ name: disguiseOf(of), of, answers: {}, mask: kMask })),
  {
    name: 'growing-threads',
    of: 'cpp-epoll-edge-reactor-half-sync-half-reactive-threads',
    answers: growing,
  },
  {
    name: 'growing-shards',
    of: 'cpp-epoll-edge-reactor-sharded-processes',
    answers: growing,
  },
  {
    name: 'growing-workers',
    of: 'cpp-poll-reactor-half-sync-half-async-processes',
    answers: growing,
  },
  {
    name: 'growing-connections',
    of: 'cpp-epoll-edge-reactor-half-sync-half-async-threads',
    answers: { 'pools.connections': 'growing' },
  },
  {
    name: 'fixed-connections',
    of: 'cpp-io_uring-proactor-half-sync-half-reactive-threads',
    answers: { 'pools.connections': 'fixed' },
  },
];

const kHome = join(kCache, '..', 'servers');

const placesSchema = z.array(
  z.object({ id: z.string(), directory: z.string(), start: z.array(z.string()) }),
);
type Places = z.infer<typeof placesSchema>;

/**
 * The built servers, by architecture or variant, as far as this version offers them. Errors: one
 * cannot be built.
 */
export async function builtServers(): Promise<ReadonlyMap<string, Target>> {
  const places = await builtOnce<Places>({
    home: kHome,
    from: ['src', 'generators', 'templates', 'test/matrix', ...kCoreFolders],
    schema: placesSchema,
    build: buildAll,
  });
  const architectures = wanted();
  const targets = places.flatMap(({ id, directory, start }) => {
    const architecture = architectures.find((each) => each.id === id);
    if (architecture === undefined) return [];
    return [[id, targetOf({ architecture, directory, start }, 'release', '')] as const];
  });
  return new Map(targets);
}

async function buildAll(): Promise<Places> {
  const projects = [];
  for (const architecture of wanted()) projects.push(await generate(architecture, kHome));
  // Separate from a run of the matrix, whose projects differ; these are never traced.
  const home = join(kHome, 'release');
  const failures = await build(projects, 'release', { home, traced: false });
  for (const [id, why] of failures) throw new Error(`${id}: ${why}`);
  return projects.map(({ architecture: { id }, directory, start }) => {
    return { id, directory, start: [...start] };
  });
}

function wanted(): readonly Architecture[] {
  const ids = [kSelect, kAio, kQueues, kLoops, kRings, kPools, kSignalled].flat();
  const all = offered();
  const variants = kVariants.map(({ name, of, answers, ...further }) => {
    const architecture = all.find(({ id }) => id === of);
    if (architecture === undefined) throw new Error(`no architecture ${of}`);
    const values = { ...architecture.values, ...answers };
    return { ...architecture, ...further, id: name, values };
  });
  return [...all.filter(({ id }) => ids.includes(id)), ...variants];
}

export function isOffered(id: string): boolean {
  return offered().some((architecture) => architecture.id === id);
}

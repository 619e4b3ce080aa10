/**
 * The settings that a project's pools add, with their defaults; null for a setting it doesn't have.
 */

import type { Spec } from '../../../src/spec/spec.ts';
import { runsInline } from '../inline.ts';

export interface PoolSettings {
  /** Capacity for requests waiting for a worker, or for a JavaScript thread. */
  readonly queueCapacity: number | null;
  /** Whether more workers are started under load. */
  readonly growsWorkers: boolean;
  /** Blocks of a fixed memory pool. */
  readonly memoryBlocks: number | null;
  /** Whether all threads share one memory pool. */
  readonly sharesMemory: boolean;
}

/** The answers that `poolSettings` reads, for `because`. */
export const kPoolKeys: readonly string[] = [
  'concurrency.model',
  'event.pattern',
  'io.model',
  'language',
  'pools.memory',
  'pools.memory-growth',
  'queue.capacity',
  'workers.growth',
];

const kDefaultCapacity = 1024;

/** 256 blocks of 16 KiB are 4 MiB. */
const kMemoryBlocks = 256;

export function poolSettings({ values }: Spec): PoolSettings {
  const capacity = values['queue.capacity'];
  return {
    queueCapacity:
      typeof capacity === 'number' ? capacity : runsInline(values) ? null : kDefaultCapacity,
    growsWorkers: values['workers.growth'] === 'growing',
    memoryBlocks: values['pools.memory-growth'] === 'fixed' ? kMemoryBlocks : null,
    sharesMemory: values['pools.memory'] === 'shared',
  };
}

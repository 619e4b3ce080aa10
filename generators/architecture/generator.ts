/**
 * I/O model × event pattern × concurrency model × workers: what executes which of the five steps.
 */

import type { Generator } from '../../src/plan/generator.ts';
import { concurrencyModel } from './concurrency-model.ts';
import { eventPattern } from './event-pattern.ts';
import { flow } from './flow.ts';
import { ioModel, ioTrigger } from './io-model.ts';
import { memoryGrowth, memoryPool, queueCapacity } from './pools.ts';
import { presets } from './presets.ts';
import { rules } from './rules.ts';
import { kCrewKeys } from './settings/crew.ts';
import { kPoolKeys } from './settings/pool-settings.ts';
import { architectureSettings } from './settings/settings.ts';
import { workersGrowth, workersKind, workersSize } from './workers.ts';

export const architecture: Generator = {
  id: 'architecture',
  questions: [
    ioModel,
    ioTrigger,
    eventPattern,
    concurrencyModel,
    workersKind,
    workersSize,
    workersGrowth,
    queueCapacity,
    memoryPool,
    memoryGrowth,
  ],
  rules,
  presets,
  contributions: (spec) => ({
    settings: { items: architectureSettings(spec), because: [...kCrewKeys, ...kPoolKeys] },
  }),
  // The language generators use these answers.
  files: () => [],
  flow,
};

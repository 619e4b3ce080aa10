/** The settings of an architecture and its pools: how many workers, how long a queue. */

import { numberShape, type Setting } from '../../../src/plan/setting.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { type Crew, countedBy, crewOf } from './crew.ts';
import { poolSettings } from './pool-settings.ts';

export function architectureSettings(spec: Spec): readonly Setting[] {
  const pools = poolSettings(spec);
  const crew = crewOf(spec);
  return [
    ...(crew === null ? [] : [workers(crew, spec)]),
    ...(pools.growsWorkers ? [kMaxWorkers] : []),
    ...(pools.queueCapacity === null ? [] : [queueCapacity(pools.queueCapacity)]),
    ...(pools.memoryBlocks === null ? [] : [memoryBlocks(pools.memoryBlocks)]),
  ];
}

function workers(crew: Crew, { values }: Spec): Setting {
  const size = values['workers.size'];
  const usual = typeof size === 'number' ? size : 'auto';
  const auto = { is: crew.auto, expressions: countedBy(crew) };
  return {
    key: 'workers',
    group: 'Workers',
    takes: { kind: 'number', unit: 'count', min: 0, max: 1024, default: usual, auto },
    help: capitalised(crew.what),
    story: [...crew.story, `A number, or "auto": ${crew.auto}.`],
  };
}

const kMaxWorkers: Setting = {
  key: 'max-workers',
  group: 'Workers',
  takes: {
    kind: 'number',
    unit: 'count',
    min: 0,
    max: 4096,
    default: 'auto',
    auto: { is: 'four times the workers', expressions: null },
  },
  help: 'Maximum workers under load; idle ones stop again',
  story: [
    'The most workers that the pool may start under load; idle ones stop again. A number, or "auto":',
    'four times the workers.',
  ],
};

function queueCapacity(usual: number): Setting {
  return {
    key: 'queue-capacity',
    group: 'Workers',
    takes: numberShape('count', 1, 65_536, usual),
    help: 'Maximum waiting requests; any more get a 503',
    story: [
      'The most requests that may wait. Any more get a 503 at once rather than an answer too late.',
    ],
  };
}

function memoryBlocks(usual: number): Setting {
  return {
    key: 'memory-blocks',
    group: 'Memory',
    takes: numberShape('count', 8, 1_000_000, usual),
    help: 'Blocks of 16 KiB for partial requests and answers',
    story: [
      'Blocks of 16 KiB for partial requests and unread answers, all allocated at startup. If none is',
      'left, a connection that needs one is closed.',
    ],
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

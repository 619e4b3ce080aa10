/** Architectures that are worth a name. */

import type { Preset } from '../../src/spec/rule.ts';

export const presets: readonly Preset[] = [
  {
    id: 'default',
    title: 'Balanced over all cores',
    description: 'One loop accepts, one loop per core serves: even load from the first client on.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'half-sync-half-async',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'nginx-like',
    title: 'Sharded, nothing shared',
    description:
      'Each worker accepts and serves alone by SO_REUSEPORT: most connections per second.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'edge',
      'event.pattern': 'reactor',
      'concurrency.model': 'sharded',
      'workers.kind': 'thread',
      'workers.size': 'auto',
    },
  },
  {
    id: 'classroom',
    title: 'One loop, level-triggered',
    description:
      'One thread does all five steps: the whole server can be read and stepped through.',
    values: {
      'io.model': 'epoll',
      'io.trigger': 'level',
      'event.pattern': 'reactor',
      'concurrency.model': 'single',
      'workers.kind': 'thread',
    },
  },
];

/** How many executors there are, and how they divide the connections: `concurrency.model`. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const concurrencyModel: ChoiceQuestion = {
  kind: 'choice',
  key: 'concurrency.model',
  aliases: ['concurrency'],
  group: 'Architecture',
  depth: 'custom',
  title: 'Concurrency model',
  help: 'How many executors there are, and how they share connections and requests.',
  default: 'half-sync-half-async',
  shapesArchitecture: true,
  choices: [
    {
      value: 'single',
      label: 'single loop',
      tradeoff: 'No locks, easiest to reason about; one core, and a slow handler stalls everyone.',
      explanation:
        'One thread does all five steps for all connections. This design is the fastest per core ' +
        'and the simplest to debug. Choose it for small machines, sidecars and teaching.',
    },
    {
      value: 'per-connection',
      label: 'one thread or process per connection',
      tradeoff:
        'Plain sequential code per client; memory and context switches grow with connections.',
      explanation:
        'The main thread accepts and starts an executor for each connection, up to a cap. This ' +
        'isolates clients from each other and suits a few long-lived connections.',
    },
    {
      value: 'half-sync-half-reactive',
      label: 'half-sync/half-reactive (queue and thread pool)',
      tradeoff: 'Slow handlers never stall the loop; every request crosses a locked queue.',
      explanation:
        'The main thread waits and accepts; ready connections go through a bounded queue to a ' +
        'pool of workers. Choose it if handlers block (on databases or files) and their run time ' +
        'varies widely.',
    },
    {
      value: 'half-sync-half-async',
      label: 'half-sync/half-async (one loop per worker)',
      tradeoff: 'All cores, no locks per request; a connection stays with its worker for life.',
      explanation:
        'The main loop only accepts and hands each connection to a worker, which serves it in a ' +
        'loop of its own. The load is balanced even with few clients; muduo and memcached work ' +
        'this way.',
    },
    {
      value: 'leader-followers',
      label: 'leader/followers',
      tradeoff:
        'No queue and no hand-over of requests; the waiting role moves between threads instead.',
      explanation:
        'Threads take turns: the leader waits, promotes a follower when an event arrives, and ' +
        'then handles the event itself (POSA2, chapter 5). Latency is low if requests are short ' +
        'and uniform.',
    },
    {
      value: 'sharded',
      label: 'sharded (SO_REUSEPORT, every loop does everything)',
      tradeoff: 'Nothing shared, scales with the cores; the kernel spreads connections by hash.',
      explanation:
        'Each worker has its own listening socket on the same port and does all five steps ' +
        'alone. This design accepts the most connections per second; with few clients, some ' +
        'workers may stay idle. nginx with "reuseport" and Seastar work this way.',
    },
  ],
};

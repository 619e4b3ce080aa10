/** How many executors there are, and how they share the connections: `concurrency.model`. */

import type { ChoiceQuestion } from '../../src/spec/question.ts';

export const concurrencyModel: ChoiceQuestion = {
  kind: 'choice',
  key: 'concurrency.model',
  aliases: ['concurrency'],
  group: 'Architecture',
  depth: 'custom',
  title: 'Concurrency model',
  help: 'How many executors there are, and how connections and requests are shared among them.',
  default: 'half-sync-half-async',
  shapesArchitecture: true,
  choices: [
    {
      value: 'single',
      label: 'single loop',
      tradeoff: 'No locks, easiest to reason about; one core, and a slow handler stops everyone.',
      explanation:
        'One thread does all five steps for all connections. It is the fastest design per core ' +
        'and the simplest to debug. Choose it for small machines, sidecars and teaching.',
    },
    {
      value: 'per-connection',
      label: 'a thread or process per connection',
      tradeoff: 'Plain sequential code per client; memory and switches grow with the connections.',
      explanation:
        'The main thread accepts and starts an executor for each connection, up to a cap. It ' +
        'isolates clients from each other, and suits few, long connections.',
    },
    {
      value: 'half-sync-half-reactive',
      label: 'half-sync/half-reactive (queue and thread pool)',
      tradeoff: 'Slow handlers never stop the loop; each request crosses a locked queue.',
      explanation:
        'The main thread waits and accepts; ready connections travel over a bounded queue to a ' +
        'pool of workers. Choose it where handlers block (databases, files) and their duration ' +
        'varies widely.',
    },
    {
      value: 'half-sync-half-async',
      label: 'half-sync/half-async (a loop per worker)',
      tradeoff: 'All cores, no locks per request; a connection stays with its worker for life.',
      explanation:
        'The main loop only accepts, and hands each connection to a worker, which runs a loop of ' +
        'its own for its connections. Balanced even when few clients connect; muduo and ' +
        'memcached work this way.',
    },
    {
      value: 'leader-followers',
      label: 'leader/followers',
      tradeoff: 'No queue and no hand-over of the request; the role of the waiter moves instead.',
      explanation:
        'The threads take turns: the leader waits, promotes a follower when an event comes, and ' +
        'then handles it itself (POSA2, chapter 5). Low latency for short, even requests.',
    },
    {
      value: 'sharded',
      label: 'sharded (SO_REUSEPORT, every loop does all)',
      tradeoff: 'Nothing shared, scales with the cores; the kernel spreads connections by hash.',
      explanation:
        'Each worker has its own listening socket on the same port and does all five steps ' +
        'alone. It accepts the most connections per second; with few clients some workers may ' +
        'stay idle. nginx with "reuseport" and Seastar work this way.',
    },
  ],
};

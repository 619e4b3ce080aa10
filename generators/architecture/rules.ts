/** The architecture matrix as data: what is impossible, what is offered with a warning, and why. */

import type { AllOf } from '../../src/spec/question.ts';
import type { Rule } from '../../src/spec/rule.ts';
import { machineRules } from './machine-rules.ts';
import { poolRules } from './pool-rules.ts';

type Words = Pick<Rule, 'message' | 'fix'>;

const kReadiness = ['select', 'poll', 'epoll'];
const kCompletion = ['aio', 'io_uring'];

/** I/O model × event pattern. */
const patterns: readonly Rule[] = [
  refused(
    { 'io.model': ['blocking'], 'event.pattern': ['reactor', 'proactor', 'simulated-proactor'] },
    {
      message: 'blocking I/O has no demultiplexer to dispatch from, so its pattern is direct',
      fix: 'Choose --event-pattern direct, or another --io-model.',
    },
  ),
  refused(
    { 'io.model': [...kReadiness, 'sigio', ...kCompletion], 'event.pattern': ['direct'] },
    {
      message: 'direct means that the executor blocks in read(2) itself, which is blocking I/O',
      fix: 'Choose --event-pattern reactor or proactor, or --io-model blocking.',
    },
  ),
  refused(
    { 'io.model': kReadiness, 'event.pattern': ['proactor'] },
    {
      message: 'a Proactor needs completions, but select, poll and epoll only report readiness',
      fix: 'Choose --event-pattern reactor, or --io-model io_uring.',
    },
  ),
  refused(
    { 'io.model': ['sigio'], 'event.pattern': ['proactor'] },
    {
      message: 'signal-driven I/O is synchronous: the signal only reports readiness',
      fix: 'Choose --event-pattern reactor, or --io-model io_uring.',
    },
  ),
  warn(
    { 'io.model': ['sigio'], 'event.pattern': ['simulated-proactor'] },
    {
      message: 'the signal loop moves all bytes, so its signal queue overflows sooner under load',
      fix: 'Prefer --event-pattern reactor, or --io-model epoll.',
    },
  ),
  refused(
    { 'io.model': ['aio'], 'event.pattern': ['reactor'] },
    {
      message: 'POSIX aio reports completions, but a Reactor waits for readiness',
      fix: 'Choose --event-pattern proactor, or --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['aio'], 'event.pattern': ['proactor'] },
    {
      message: 'with POSIX aio, glibc keeps a thread waiting for each idle connection',
      fix: 'Prefer --io-model io_uring if the kernel allows it.',
    },
  ),
  refused(
    { 'io.model': ['aio'], 'event.pattern': ['simulated-proactor'] },
    {
      message: 'POSIX aio completes operations itself: there is nothing to simulate',
      fix: 'Choose --event-pattern proactor.',
    },
  ),
  warn(
    { 'io.model': ['io_uring'], 'event.pattern': ['reactor'] },
    {
      message: 'a Reactor uses io_uring only through POLL_ADD, and gives up most of its speed',
      fix: 'Prefer --event-pattern proactor.',
    },
  ),
  refused(
    { 'io.model': ['io_uring'], 'event.pattern': ['simulated-proactor'] },
    {
      message: 'with io_uring, the kernel has already done the I/O: there is nothing to simulate',
      fix: 'Choose --event-pattern proactor.',
    },
  ),
];

/** I/O model × concurrency model. */
const concurrency: readonly Rule[] = [
  warn(
    { 'io.model': ['blocking'], 'concurrency.model': ['single'] },
    {
      message: 'one blocking loop serves one client at a time, while all others wait',
      fix: 'Prefer --concurrency-model half-sync-half-reactive or sharded.',
    },
  ),
  warn(
    { 'io.model': ['blocking'], 'concurrency.model': ['per-connection'] },
    {
      message:
        'an executor per connection does not scale: the number of connections has to be capped',
      fix: 'Prefer --concurrency-model half-sync-half-reactive or sharded.',
    },
  ),
  refused(
    { 'io.model': ['blocking'], 'concurrency.model': ['half-sync-half-async'] },
    {
      message: 'a half-sync/half-async worker serves many descriptors and cannot block on one',
      fix: 'Choose --concurrency-model half-sync-half-reactive or sharded, or --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['blocking'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'with blocking I/O, the leader only accepts, then serves its client to the end',
      fix: 'Prefer --concurrency-model sharded.',
    },
  ),
  refused(
    {
      'io.model': [...kReadiness, 'sigio', ...kCompletion],
      'concurrency.model': ['per-connection'],
    },
    {
      message:
        'an executor per connection simply blocks: a demultiplexer would watch one descriptor',
      fix: 'Choose --io-model blocking, or another --concurrency-model.',
    },
  ),
  warn(
    { 'io.model': ['select', 'poll'], 'concurrency.model': ['half-sync-half-reactive'] },
    {
      message: 'without one-shot events, each event costs a wake-up to put its descriptor back',
      fix: 'Prefer --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['select', 'poll'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'without one-shot events, each event costs a wake-up to put its descriptor back',
      fix: 'Prefer --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['sigio'], 'concurrency.model': ['half-sync-half-reactive'] },
    {
      message: 'signals keep arriving while a worker reads, so each connection needs a busy flag',
      fix: 'Prefer --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['sigio'], 'concurrency.model': ['half-sync-half-async'] },
    {
      message: 'each connection that is handed over has to be rebound to its worker (F_SETOWN_EX)',
      fix: 'Prefer --io-model epoll, or --concurrency-model single.',
    },
  ),
  refused(
    { 'io.model': ['sigio'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'signal-driven I/O has no one-shot mode: two threads could meet on one socket',
      fix: 'Choose --concurrency-model single, or --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['sigio'], 'concurrency.model': ['sharded'] },
    {
      message: 'each loop needs its own signal queue, and each queue may overflow',
      fix: 'Prefer --io-model epoll.',
    },
  ),
  warn(
    {
      'io.model': ['aio'],
      'concurrency.model': ['half-sync-half-async'],
      'workers.kind': ['thread'],
    },
    {
      message: "POSIX aio completions share one signal space, so loops see each other's",
      fix: 'Prefer --io-model io_uring, or --concurrency-model single.',
    },
  ),
  refused(
    { 'io.model': ['aio'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'POSIX aio completions arrive by signal, not from a set that a leader could wait on',
      fix: 'Choose --concurrency-model half-sync-half-reactive, or --io-model epoll.',
    },
  ),
  warn(
    { 'io.model': ['aio'], 'concurrency.model': ['sharded'], 'workers.kind': ['thread'] },
    {
      message: 'POSIX aio completions are signalled per process: use one shard per process',
      fix: 'Prefer --workers-kind process, or --io-model io_uring.',
    },
  ),
  refused(
    { 'io.model': ['io_uring'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'leader/followers would share one completion queue, but a ring has one consumer',
      fix: 'Choose --concurrency-model half-sync-half-async or sharded.',
    },
  ),
];

/** Event pattern × concurrency model. */
const simulation: readonly Rule[] = [
  warn(
    {
      'event.pattern': ['simulated-proactor'],
      'concurrency.model': ['single', 'half-sync-half-async', 'sharded'],
    },
    {
      message: 'the loop that reads also processes here, so the simulated Proactor is a Reactor',
      fix: 'Choose --event-pattern reactor, or --concurrency-model half-sync-half-reactive.',
    },
  ),
  refused(
    { 'event.pattern': ['simulated-proactor'], 'concurrency.model': ['leader-followers'] },
    {
      message: 'the leader would read before promoting a follower, which serialises all I/O',
      fix: 'Choose --event-pattern reactor.',
    },
  ),
];

/** Concurrency model × kind of workers. */
const workers: readonly Rule[] = [
  refused(
    { 'concurrency.model': ['single'], 'workers.kind': ['process'] },
    {
      message: 'a single loop is the whole server: there are no worker processes',
      fix: 'Choose --workers-kind thread, or --concurrency-model sharded.',
    },
  ),
  refused(
    { 'concurrency.model': ['half-sync-half-reactive'], 'workers.kind': ['process'] },
    {
      message: 'descriptors opened after fork(2) are not shared, so the queue needs threads',
      fix: 'Choose --workers-kind thread, or --concurrency-model half-sync-half-async.',
    },
  ),
  refused(
    {
      'io.model': [...kReadiness, 'sigio', ...kCompletion],
      'concurrency.model': ['leader-followers'],
      'workers.kind': ['process'],
    },
    {
      message: 'leaders and followers share their connections, which processes cannot do',
      fix: 'Choose --workers-kind thread, or --concurrency-model sharded.',
    },
  ),
];

/** What V8 does not allow. */
const languages: readonly Rule[] = [
  refused(
    {
      language: ['typescript'],
      'concurrency.model': ['per-connection', 'leader-followers'],
      'workers.kind': ['process'],
    },
    {
      message: 'these processes are forked, and V8 does not survive a fork once its threads run',
      fix: 'Choose --workers-kind thread, or --language cpp.',
    },
  ),
];

/** On any machine. */
export const architectureRules: readonly Rule[] = [
  ...patterns,
  ...concurrency,
  ...simulation,
  ...workers,
  ...poolRules,
  ...languages,
];

export const rules: readonly Rule[] = [...architectureRules, ...machineRules];

function refused(when: AllOf, words: Words): Rule {
  return { when, status: 'refused', ...words };
}

function warn(when: AllOf, words: Words): Rule {
  return { when, status: 'warn', ...words };
}

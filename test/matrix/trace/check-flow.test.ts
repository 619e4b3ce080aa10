/**
 * A conversation that follows the five-step table passes, and each departure from it is reported.
 */

import { describe, expect, it } from 'vitest';
import { executorsOf } from '../../../generators/architecture/executors.ts';
import type { Values } from '../../../src/spec/question.ts';
import type { Architecture } from '../architectures.ts';
import { faultsOf } from './check-flow.ts';
import { type Line, linesIn } from './line.ts';

function architecture(io: string, pattern: string, model: string, more = {}): Architecture {
  const values: Values = {
    language: 'cpp',
    'io.model': io,
    'event.pattern': pattern,
    'concurrency.model': model,
    'workers.kind': 'thread',
    ...more,
  };
  return {
    id: 'it',
    title: 'it',
    language: 'cpp',
    values,
    warned: false,
    executors: executorsOf(values),
    sample: false,
    hasWorkers: true,
    capacity: 1000,
    blocks: io === 'blocking',
    serverFlags: [],
    threaded: true,
  };
}

const kPid = 10;

/** `read 11 worker` is thread 11 of process 10; `read 12/12 worker` is one of process 12. */
function traceOf(text: string): readonly Line[] {
  return linesIn(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [step, who = '', by] = line.trim().split(' ');
        const [tid, pid = String(kPid)] = who.split('/').reverse();
        return `trace step=${step} pid=${pid} tid=${tid} by=${by} fd=7\n`;
      })
      .join(''),
  );
}

function faults(of: Architecture, text: string): readonly string[] {
  const lines = traceOf(text);
  const segment = { name: 'a GET', connection: 0, opens: true, handled: true, lines };
  return faultsOf({ pid: kPid, segments: [segment], all: lines, output: '' }, of);
}

const single = architecture('epoll', 'reactor', 'single');
const reactive = architecture('epoll', 'reactor', 'half-sync-half-reactive');
const simulated = architecture('epoll', 'simulated-proactor', 'half-sync-half-reactive');
const handed = architecture('epoll', 'reactor', 'half-sync-half-async');
const leaders = architecture('epoll', 'reactor', 'leader-followers');
const shards = architecture('epoll', 'reactor', 'sharded', { 'workers.kind': 'process' });
const proactor = architecture('io_uring', 'proactor', 'single');
const queued = architecture('poll', 'reactor', 'single', { language: 'typescript' });

const kSingle = 'wait 10 loop\naccept 10 loop\nread 10 loop\nprocess 10 loop\nwrite 10 loop';
const kReactive = `wait 10 main\naccept 10 main\nwait 10 main\nqueue 10 main\nread 11 worker
process 11 worker\nwrite 11 worker\nre-arm 10 main`;
const kSimulated = `wait 10 main\naccept 10 main\nread 10 main\nqueue 10 main\nprocess 11 worker
write 10 main`;
const kHanded = `wait 10 main\naccept 10 main\nhand-over 10 main\nwait 11 worker\nread 11 worker
process 11 worker\nwrite 11 worker`;
const kLeaders = `wait 11 leader\naccept 11 leader\npromote 11 leader\nread 11 worker
process 11 worker\nwrite 11 worker\nre-arm 11 worker\nwait 12 leader`;
const kShards = `wait 12/12 worker\naccept 12/12 worker\nread 12/12 worker
process 12/12 worker\nwrite 12/12 worker`;
const kProactor = `wait 10 loop\naccept 10 kernel\nread 10 kernel\nprocess 10 loop
write 10 kernel`;
const kQueued = `wait 20 loop\naccept 20 loop\nread 20 loop\nprocess 20 loop\nqueue 20 loop
process 21 javascript\nwrite 20 loop`;

describe('a flow as its table says', () => {
  it.each([
    ['single', single, kSingle],
    ['half-sync/half-reactive', reactive, kReactive],
    ['simulated Proactor', simulated, kSimulated],
    ['half-sync/half-async', handed, kHanded],
    ['leader/followers', leaders, kLeaders],
    ['sharded processes', shards, kShards],
    ['Proactor', proactor, kProactor],
    ['a queue for JavaScript', queued, kQueued],
  ] as const)('of %s has no fault', (_, of, text) => {
    expect(faults(of, text)).toEqual([]);
  });
});

describe('a departure is told', () => {
  it.each([
    ['no trace at all', single, '', 'no trace'],
    ['another thread reads', single, kSingle.replace('read 10', 'read 11'), "read is the loop's"],
    ['a step that nobody takes', single, kSingle.replace('process 10 loop\n', ''), 'nobody'],
    [
      'write before process',
      single,
      swapped(kSingle, 'process 10 loop', 'write 10 loop'),
      'steps are',
    ],
    [
      'the main loop reads',
      reactive,
      kReactive.replace('read 11 worker', 'read 10 main'),
      'read is',
    ],
    ['no queue', reactive, kReactive.replace('queue 10 main\n', ''), 'no queue'],
    [
      'a worker writes',
      simulated,
      kSimulated.replace('write 10 main', 'write 11 worker'),
      'write is',
    ],
    ['no hand-over', handed, kHanded.replace('hand-over 10 main\n', ''), 'no hand-over'],
    ['two workers on one socket', handed, kHanded.replace('write 11', 'write 12'), 'threads 11,12'],
    ['two leaders', leaders, kLeaders.replace('promote 11 leader\n', ''), 'two leaders'],
    ['no promotion', leaders, kLeaders.replace('promote 11 leader\n', ''), 'no promotion'],
    [
      'a re-arming that is not the last',
      leaders,
      swapped(kLeaders, 'write 11 worker', 're-arm 11 worker'),
      're-armed before',
    ],
    ['the parent serves', shards, kShards.replaceAll('12/12', '10'), 'each worker process'],
    ['no JavaScript', queued, kQueued.replace('process 21 javascript\n', ''), 'nobody'],
    [
      'the loop is JavaScript',
      queued,
      kQueued.replace('21 java', '20 java'),
      'a JavaScript thread',
    ],
    ['the program reads', proactor, kProactor.replace('read 10 kernel', 'read 10 loop'), 'kernel'],
  ] as const)('%s', (_, of, text, told) => {
    expect(faults(of, text).join('\n')).toContain(told);
  });
});

function swapped(text: string, first: string, second: string): string {
  return text.replace(`${first}\n${second}`, `${second}\n${first}`);
}

import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/spec/question.ts';
import { combinations, verdictOn } from '../../src/spec/verdict.ts';
import { flow } from './flow.ts';
import { architecture } from './generator.ts';
import { architectureRules } from './rules.ts';

/** `wait: the loop | accept: …`: only the executors. */
function executors(
  io: string,
  pattern: string,
  concurrency: string,
  more: Values = {},
): Readonly<Record<string, string>> {
  const values = {
    'io.model': io,
    'event.pattern': pattern,
    'concurrency.model': concurrency,
    'workers.kind': 'thread',
    ...more,
  };
  return Object.fromEntries((flow(values) ?? []).map(({ step, executor }) => [step, executor]));
}

describe('the five steps are executed', () => {
  test('by the loop alone in a single Reactor', () => {
    expect(new Set(Object.values(executors('epoll', 'reactor', 'single')))).toEqual(
      new Set(['the loop']),
    );
  });

  test('by the worker that was handed the connection in half-sync/half-async', () => {
    expect(executors('epoll', 'reactor', 'half-sync-half-async')).toMatchObject({
      wait: "a worker's own loop",
      accept: 'the main loop',
      read: "a worker's own loop",
      write: "a worker's own loop",
    });
  });

  test('by a child that is sent the accepted socket in a process pool', () => {
    const kind = { 'workers.kind': 'process' };
    expect(executors('epoll', 'reactor', 'half-sync-half-async', kind)).toMatchObject({
      wait: "a worker process's own loop",
      accept: 'the parent',
      read: "a worker process's own loop",
    });
  });

  test('by an executor of its own for each connection', () => {
    expect(executors('blocking', 'direct', 'per-connection')).toEqual({
      wait: 'its own thread',
      accept: 'the main thread',
      read: 'its own thread',
      process: 'its own thread',
      write: 'its own thread',
    });
  });

  test('by whoever has accepted, in a blocking pool', () => {
    const kind = { 'workers.kind': 'process' };
    const prefork = executors('blocking', 'direct', 'sharded', kind);
    expect(new Set(Object.values(prefork))).toEqual(new Set(['each worker process']));
  });

  test('by workers that read and write in half-sync/half-reactive', () => {
    expect(executors('epoll', 'reactor', 'half-sync-half-reactive')).toMatchObject({
      wait: 'the main loop',
      accept: 'the main loop',
      read: 'a worker',
      process: 'a worker',
      write: 'a worker',
    });
  });

  test('by workers that only process in a simulated Proactor', () => {
    expect(executors('epoll', 'simulated-proactor', 'half-sync-half-reactive')).toMatchObject({
      read: 'the main loop',
      process: 'a worker',
      write: 'the main loop',
    });
  });

  test('by the kernel, as far as bytes are moved, in a Proactor', () => {
    expect(executors('io_uring', 'proactor', 'sharded')).toMatchObject({
      wait: 'each worker',
      read: 'the kernel',
      write: 'the kernel',
    });
  });

  test('by a thread that promoted another one in leader/followers', () => {
    expect(executors('epoll', 'reactor', 'leader-followers')).toMatchObject({
      wait: 'the leader',
      read: 'the same thread, after promoting',
    });
  });

  test('inline on the JavaScript thread where libuv can watch the demultiplexer', () => {
    const typescript = { language: 'typescript' };
    expect(executors('epoll', 'reactor', 'sharded', typescript).process).toBe('each worker');
    expect(executors('poll', 'reactor', 'sharded', typescript).process).toBe('a JavaScript thread');
  });
});

test.each([
  ['thread', /by a pipe/],
  ['process', /SCM_RIGHTS/],
])('half-sync/half-async hands over to a %s', (kind, call) => {
  const values = {
    'io.model': 'epoll',
    'io.trigger': 'edge',
    'event.pattern': 'reactor',
    'concurrency.model': 'half-sync-half-async',
    'workers.kind': kind,
  };
  expect(flow(values)?.[1]?.call).toMatch(call);
});

test('blocking calls end by a time-out, and re-arm nothing', () => {
  const values = {
    'io.model': 'blocking',
    'event.pattern': 'direct',
    'concurrency.model': 'half-sync-half-reactive',
    'workers.kind': 'thread',
  };
  expect(flow(values)?.[0]?.call).toMatch(/accept4\(2\).*recv\(2\).*SO_RCVTIMEO/);
  expect(flow(values)).toHaveLength(5);
});

test.each([
  [{ 'io.trigger': 'edge', 'concurrency.model': 'single' }, /EPOLLET/],
  [{ 'io.trigger': 'level', 'concurrency.model': 'single' }, /EPOLLOUT by epoll_ctl/],
  [{ 'io.trigger': 'edge', 'concurrency.model': 'leader-followers' }, /EPOLLONESHOT/],
])('epoll is re-armed as %j asks', (more, call) => {
  const epoll = { 'io.model': 'epoll', 'event.pattern': 'reactor', 'workers.kind': 'thread' };
  expect(flow({ ...epoll, ...more })?.at(-1)).toMatchObject({ step: 're-arm', call });
});

test('every possible architecture has its five steps, and no other one has', () => {
  for (const values of combinations(architecture.questions)) {
    const steps = flow(values)?.map(({ step }) => step);
    if (verdictOn(architectureRules, values).status === 'refused') expect(steps).toBeUndefined();
    else expect(steps?.slice(0, 5)).toEqual(['wait', 'accept', 'read', 'process', 'write']);
  }
});

test('there is no table as long as a question is open', () => {
  expect(flow({ 'io.model': 'epoll', 'event.pattern': 'reactor' })).toBeNull();
  expect(
    flow({ 'io.model': 'epoll', 'event.pattern': 'reactor', 'concurrency.model': 'sharded' }),
  ).toBeNull();
});

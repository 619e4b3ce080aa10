import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/spec/question.ts';
import { verdictOn } from '../../src/spec/verdict.ts';
import { architectureRules } from './rules.ts';

/** The symbols of the matrix. */
const kStatus = { '✔': 'ok', '⚠': 'warn', '✘': 'refused' } as const;

function statusOf(values: Values): string {
  return verdictOn(architectureRules, values).status;
}

describe('I/O model × event pattern', () => {
  test.each([
    // model       direct reactor proactor simulated
    ['blocking', '✔✘✘✘'],
    ['select', '✘✔✘✔'],
    ['poll', '✘✔✘✔'],
    ['epoll', '✘✔✘✔'],
    ['sigio', '✘✔✘⚠'],
    ['aio', '✘✘⚠✘'],
    ['io_uring', '✘⚠✔✘'],
  ])('%s %s', (model, row) => {
    const patterns = ['direct', 'reactor', 'proactor', 'simulated-proactor'];
    expect(
      patterns.map((pattern) => statusOf({ 'io.model': model, 'event.pattern': pattern })),
    ).toEqual([...row].map((symbol) => kStatus[symbol as keyof typeof kStatus]));
  });
});

describe('I/O model × concurrency model', () => {
  test.each([
    // In the order of the models below.
    ['blocking', '⚠⚠✔✘⚠✔'],
    ['select', '✔✘⚠✔⚠✔'],
    ['poll', '✔✘⚠✔⚠✔'],
    ['epoll', '✔✘✔✔✔✔'],
    ['sigio', '✔✘⚠⚠✘⚠'],
    ['aio', '✔✘✔⚠✘⚠'],
    ['io_uring', '✔✘✔✔✘✔'],
  ])('%s %s', (model, row) => {
    const models = [
      'single',
      'per-connection',
      'half-sync-half-reactive',
      'half-sync-half-async',
      'leader-followers',
      'sharded',
    ];
    expect(
      models.map((concurrency) =>
        statusOf({
          'io.model': model,
          'concurrency.model': concurrency,
          'workers.kind': 'thread',
        }),
      ),
    ).toEqual([...row].map((symbol) => kStatus[symbol as keyof typeof kStatus]));
  });
});

test.each([
  ['single', 'process', 'refused'],
  ['half-sync-half-reactive', 'process', 'refused'],
  ['half-sync-half-async', 'process', 'ok'],
  ['sharded', 'process', 'ok'],
  ['leader-followers', 'process', 'refused'],
  ['leader-followers', 'thread', 'ok'],
])('epoll, %s, workers of kind %s: %s', (concurrency, kind, status) => {
  const values = { 'io.model': 'epoll', 'concurrency.model': concurrency, 'workers.kind': kind };
  expect(statusOf(values)).toBe(status);
});

test('processes may share accept, the one step that blocking leaders lead', () => {
  const values = { 'io.model': 'blocking', 'concurrency.model': 'leader-followers' };
  expect(statusOf({ ...values, 'workers.kind': 'process' })).toBe('warn');
});

test.each([
  ['single', 'warn'],
  ['half-sync-half-async', 'warn'],
  ['sharded', 'warn'],
  ['half-sync-half-reactive', 'ok'],
  ['leader-followers', 'refused'],
])('a simulated Proactor with %s: %s', (concurrency, status) => {
  const values = { 'event.pattern': 'simulated-proactor', 'concurrency.model': concurrency };
  expect(statusOf(values)).toBe(status);
});

test.each([
  ['typescript', 'per-connection', 'process', 'refused'],
  ['typescript', 'per-connection', 'thread', 'warn'],
  ['typescript', 'leader-followers', 'process', 'refused'],
  ['typescript', 'leader-followers', 'thread', 'warn'],
  ['typescript', 'sharded', 'process', 'ok'],
  ['cpp', 'per-connection', 'process', 'warn'],
  ['cpp', 'leader-followers', 'process', 'warn'],
])('blocking %s, %s, workers of kind %s: %s', (language, concurrency, kind, status) => {
  const values = { language, 'io.model': 'blocking', 'concurrency.model': concurrency };
  expect(statusOf({ ...values, 'workers.kind': kind })).toBe(status);
});

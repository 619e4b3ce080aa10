/**
 * What the kernel is asked for under load, measured by strace: the promises that speed relies on.
 */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { injected } from '../blackbox/faults.ts';
import { launch, type Target } from '../blackbox/server.ts';
import { eventually } from '../blackbox/wire.ts';
import { askAnew, askInRounds, askOnAndOn } from './rounds.ts';
import { builtServers, isOffered, kAio, kLoops, kRings } from './servers.ts';
import { callsIn, counted, watched } from './strace.ts';

let targets: ReadonlyMap<string, Target>;
const scratch = mkdtempSync(join(tmpdir(), 'matrix-'));
beforeAll(async () => {
  targets = await builtServers();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Count {
  readonly requests: number;
  readonly calls: ReadonlyMap<string, number>;
}

function targetOf(id: string): Target {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  return target;
}

/** A load of 64 clients; every call of the kinds in `calls` is counted from the start. */
async function underLoad(
  id: string,
  calls: string,
  ask: typeof askOnAndOn,
  count: number,
): Promise<Count> {
  const file = join(scratch, randomUUID());
  const server = await launch(counted(targetOf(id), calls, file), []);
  const requests = await ask(server, { clients: 64, count });
  await server.stop();
  // The tracer writes its summary only after the server has exited.
  const summary = await eventually('the summary', () => {
    const text = readFileSync(file, 'utf8');
    return text.includes('total') ? text : undefined;
  });
  return { requests, calls: callsIn(summary) };
}

function sum(calls: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((total, name) => total + (calls.get(name) ?? 0), 0);
}

/**
 * The number of futex(2) calls in threads that serve. The thread that flushes logs waits with a
 * timeout of one second: its calls only show how long the test took.
 */
function locks(lines: readonly string[]): number {
  const threadOf = (line: string): string => line.split(' ', 1)[0] ?? '';
  const flushing = new Set(lines.filter((line) => line.includes('ETIMEDOUT')).map(threadOf));
  const calls = lines.filter((line) => /^\d+ +futex\(/.test(line));
  return calls.filter((line) => !flushing.has(threadOf(line))).length;
}

describe.concurrent.each(kLoops)('%s', (id) => {
  it.skipIf(!isOffered(id))('takes no lock that anybody waits for', async () => {
    const file = join(scratch, randomUUID());
    const server = await launch(watched(targetOf(id), 'all', ['futex', 'recvfrom'], file), []);
    // Not in rounds: a thread that is stopped while asleep in futex(2) calls it once more.
    const requests = await askOnAndOn(server, { clients: 64, count: 200 });
    await server.stop();
    const lines = await eventually('the end of the trace', () => {
      const text = readFileSync(file, 'utf8');
      // strace pads process ids to five digits.
      const isOver = new RegExp(`^${server.pid} +\\+\\+\\+ exited`, 'm').test(text);
      return isOver ? text.split('\n') : undefined;
    });
    // Every request arrives alone, so each one takes at least one read.
    const reads = lines.filter((line) => /^\d+ +recvfrom\(/.test(line));
    expect(reads.length).toBeGreaterThanOrEqual(requests);
    expect(locks(lines)).toBeLessThan(requests / 100);
  });
});

describe.concurrent.each(kAio.slice(0, 1))('%s', (id) => {
  it.skipIf(!isOffered(id))('reads nothing itself, and watches no connection', async () => {
    const names = ['recvfrom', 'recvmsg', 'epoll_ctl'];
    const { calls } = await underLoad(
      id,
      [...names, 'epoll_wait', 'accept4'].join(),
      askOnAndOn,
      100,
    );
    expect(sum(calls, ['recvfrom', 'recvmsg'])).toBe(0);
    // Only the listener and the loop's own descriptors are registered, not the 64 connections.
    expect(sum(calls, ['epoll_ctl'])).toBeLessThan(16);
  });
});

/** Leaves out what the log's thread does once a second, and the calls repeated after a stop. */
function served(calls: ReadonlyMap<string, number>): number {
  return sum(calls, ['total']) - sum(calls, ['futex', 'restart_syscall']);
}

describe.concurrent.each(kRings)('%s', (id) => {
  it.skipIf(!isOffered(id))('enters the kernel at most once for eight requests', async () => {
    // The cost of start, connections and shutdown is in both figures, so it cancels out.
    const few = await underLoad(id, 'all', askInRounds, 10);
    const many = await underLoad(id, 'all', askInRounds, 110);
    const calls = served(many.calls) - served(few.calls);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan((many.requests - few.requests) / 8);
  });
});

describe('cpp-epoll-edge-reactor-single', () => {
  it('asks the kernel for nothing in vain where each request has a connection', async () => {
    // The cost of start and shutdown is in both figures, so it cancels out.
    const few = await underLoad('cpp-epoll-edge-reactor-single', 'all', askAnew, 2);
    const many = await underLoad('cpp-epoll-edge-reactor-single', 'all', askAnew, 12);
    const requests = many.requests - few.requests;
    const calls = (...names: readonly string[]): number =>
      sum(many.calls, names) - sum(few.calls, names);
    expect(calls('sendto')).toBe(requests);
    expect(calls('close')).toBe(requests);
    // No calls to remove descriptors, since closing does that, and no read of a FIN that epoll has
    // announced.
    expect(calls('epoll_ctl')).toBeLessThanOrEqual(requests);
    // A few more than needed, to learn that there is nothing more to accept or to read.
    expect(calls('accept4')).toBeLessThan(requests * 1.3);
    expect(calls('recvfrom')).toBeLessThan(requests * 1.3);
  });
});

/** For each server, the calls with which its loop may wait, under all their names. */
const waits: readonly (readonly [string, readonly string[]])[] = [
  ['cpp-io_uring-proactor-single', ['io_uring_enter']],
  ['cpp-select-reactor-single', ['?select', '?pselect6']],
  ['cpp-poll-reactor-half-sync-half-reactive-threads', ['?poll', '?ppoll']],
];

describe.concurrent.each(waits)('%s', (id, calls) => {
  // C11: the shortage passes.
  it.skipIf(!isOffered(id))('goes on when its waits are refused for want of memory', async () => {
    const shortage = injected('ENOMEM', ...calls.map((name) => `${name}:error=ENOMEM:when=20+3`));
    const server = await launch(shortage.apply(targetOf(id)), []);
    await askOnAndOn(server, { clients: 8, count: 20 });
    await server.stop();
  });
});

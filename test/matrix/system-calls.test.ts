/** What the kernel is asked for under load, by strace: the promises that speed rests on. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Target } from '../blackbox/server.ts';
import { eventually } from '../blackbox/wire.ts';
import { askInRounds } from './rounds.ts';
import { builtServers, isOffered, kAio, kLoops, kRings } from './servers.ts';
import { callsIn, counted } from './strace.ts';

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

/** Rounds of 64 clients; every call of the kinds `calls` is counted from the start on. */
async function underLoad(id: string, calls: string, rounds = 100): Promise<Count> {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  const file = join(scratch, `${id}-${rounds}.strace`);
  const server = await launch(counted(target, calls, file), []);
  const requests = await askInRounds(server, { clients: 64, count: rounds });
  await server.stop();
  // The tracer writes its summary after the server has ended.
  const summary = await eventually('the summary', () => {
    const text = readFileSync(file, 'utf8');
    return text.includes('total') ? text : undefined;
  });
  return { requests, calls: callsIn(summary) };
}

function sum(calls: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((total, name) => total + (calls.get(name) ?? 0), 0);
}

describe.concurrent.each(kLoops)('%s', (id) => {
  it.skipIf(!isOffered(id))('takes no lock that anybody waits for', async () => {
    const { requests, calls } = await underLoad(id, 'futex,recvfrom');
    // Each request comes alone on its connection.
    expect(sum(calls, ['recvfrom'])).toBeGreaterThanOrEqual(requests);
    expect(sum(calls, ['futex'])).toBeLessThan(requests / 100);
  });
});

describe.concurrent.each(kAio.slice(0, 1))('%s', (id) => {
  it.skipIf(!isOffered(id))('reads nothing itself, and watches no connection', async () => {
    const names = ['recvfrom', 'recvmsg', 'epoll_ctl'];
    const { calls } = await underLoad(id, [...names, 'epoll_wait', 'accept4'].join());
    expect(sum(calls, ['recvfrom', 'recvmsg'])).toBe(0);
    // The listener and the loop's own descriptors; 64 connections came.
    expect(sum(calls, ['epoll_ctl'])).toBeLessThan(16);
  });
});

describe.concurrent.each(kRings)('%s', (id) => {
  it.skipIf(!isOffered(id))('enters the kernel at most once for eight requests', async () => {
    // What the start, the connections and the end cost is in both.
    const few = await underLoad(id, 'all', 10);
    const many = await underLoad(id, 'all', 110);
    const calls = sum(many.calls, ['total']) - sum(few.calls, ['total']);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan((many.requests - few.requests) / 8);
  });
});

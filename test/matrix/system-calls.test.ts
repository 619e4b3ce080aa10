/** What the kernel is asked for under load, by strace: the promises that speed rests on. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, type Target } from '../blackbox/server.ts';
import { eventually } from '../blackbox/wire.ts';
import { builtTargets, callsIn, counted, isOffered } from './built.ts';

const kLoops = [
  'cpp-epoll-edge-reactor-half-sync-half-async-threads',
  'cpp-epoll-level-reactor-half-sync-half-async-threads',
];
const kAio = ['cpp-aio-proactor-single'];
/** All connections on one ring; several share them out, and each has less to do at a time. */
const kRings = ['cpp-io_uring-proactor-single'];

let targets: ReadonlyMap<string, Target>;
const scratch = mkdtempSync(join(tmpdir(), 'matrix-'));
beforeAll(async () => {
  targets = await builtTargets([...kLoops, ...kAio, ...kRings]);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Count {
  readonly requests: number;
  readonly calls: ReadonlyMap<string, number>;
}

/** wrk over 64 connections for two seconds, every call of the kinds `calls` counted. */
async function underLoad(id: string, calls: string): Promise<Count> {
  const target = targets.get(id);
  if (target === undefined) throw new Error(`${id} was not built`);
  const file = join(scratch, `${id}.strace`);
  const server = await launch(counted(target, calls, file), []);
  if (!('port' in server.address)) throw new Error('no port');
  const url = `http://127.0.0.1:${server.address.port}/plaintext`;
  const { stdout } = await promisify(execFile)('wrk', ['-t1', '-c64', '-d2s', url]);
  await server.stop();
  // The tracer writes its summary after the server has ended.
  const summary = await eventually('the summary', () => {
    const text = readFileSync(file, 'utf8');
    return text.includes('total') ? text : undefined;
  });
  return {
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1] ?? 0),
    calls: callsIn(summary),
  };
}

function sum(calls: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((total, name) => total + (calls.get(name) ?? 0), 0);
}

describe.each(kLoops)('%s', (id) => {
  it.skipIf(!isOffered(id))('takes no lock that anybody waits for', async () => {
    const { requests, calls } = await underLoad(id, 'futex,recvfrom');
    expect(requests).toBeGreaterThan(1000);
    expect(sum(calls, ['recvfrom'])).toBeGreaterThan(requests / 2);
    expect(sum(calls, ['futex'])).toBeLessThan(requests / 100);
  });
});

describe.each(kAio)('%s', (id) => {
  it.skipIf(!isOffered(id))('reads nothing itself, and watches no connection', async () => {
    const names = ['recvfrom', 'recvmsg', 'epoll_ctl'];
    const { requests, calls } = await underLoad(id, [...names, 'epoll_wait', 'accept4'].join());
    expect(requests).toBeGreaterThan(100);
    expect(sum(calls, ['recvfrom', 'recvmsg'])).toBe(0);
    // The listener and the loop's own descriptors; 64 connections came.
    expect(sum(calls, ['epoll_ctl'])).toBeLessThan(16);
  });
});

describe.each(kRings)('%s', (id) => {
  // A machine that stalls gives the ring less to do at a time.
  const name = 'enters the kernel at most once for eight requests';
  it.skipIf(!isOffered(id))(name, { retry: 2 }, async () => {
    const { requests, calls } = await underLoad(id, 'all');
    expect(requests).toBeGreaterThan(1000);
    expect(
      sum(
        calls,
        [...calls.keys()].filter((name) => name !== 'total'),
      ),
    ).toBeLessThan(requests / 8);
  });
});

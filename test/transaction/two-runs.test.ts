/** Two runs in one project: the second waits, refuses, or follows one that has died. */

import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withLock } from '../../src/disk/lock/lock.ts';
import { ExitCode, UserError } from '../../src/error.ts';
import { builtRehearsal, emptyFolder, run, start } from './processes.ts';

const root = emptyFolder();
const rehearsal = [process.execPath, builtRehearsal(root)];

function emptyProject(): string {
  return mkdtempSync(join(root, 'project-'));
}

/** A process that has the lock until its input ends. */
async function holder(directory: string): Promise<ChildProcess> {
  const child = start([...rehearsal, 'hold'], directory);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

test('the second one waits until the first has ended', async () => {
  const directory = emptyProject();
  const first = await holder(directory);
  const waitedFor: number[] = [];
  const onWait = ({ pid }: { readonly pid: number }) => {
    waitedFor.push(pid);
    first.stdin?.end();
  };
  const result = await withLock(directory, async () => 'done', { waitMs: 60_000, onWait });
  expect([result, waitedFor]).toEqual(['done', [first.pid]]);
});

test('the second one is refused if the first does not end', async () => {
  const directory = emptyProject();
  const first = await holder(directory);
  const refused = withLock(directory, async () => 'done', { waitMs: 100 });
  const thrown = await refused.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown).toMatchObject({ exitCode: ExitCode.failure });
  expect(String(thrown)).toContain(`process ${first.pid} on `);
  const ended = once(first, 'close');
  first.stdin?.end();
  await ended;
  expect(existsSync(join(directory, '.hpserver/lock'))).toBe(false);
});

test('the lock of one that was killed is taken over', async () => {
  const directory = emptyProject();
  const first = await holder(directory);
  const ended = once(first, 'close');
  first.kill('SIGKILL');
  await ended;
  expect(existsSync(join(directory, '.hpserver/lock'))).toBe(true);
  expect(await withLock(directory, async () => 'done', { waitMs: 0 })).toBe('done');
});

test('of many, which all find the lock of a dead one, each has it alone', async () => {
  const directory = emptyProject();
  writeFileSync(join(directory, 'counter'), '0');
  const first = await holder(directory);
  const ended = once(first, 'close');
  first.kill('SIGKILL');
  await ended;
  const runs = [1, 2, 3, 4].map(() => start([...rehearsal, 'count', '20'], directory));
  const codes = await Promise.all(runs.map(async (run) => (await once(run, 'close'))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(directory, 'counter'), 'utf8')).toBe('80');
});

test('of many, each of which dies with the lock, the next one has it alone', async () => {
  const directory = emptyProject();
  writeFileSync(join(directory, 'counter'), '0');
  const runs = Array.from({ length: 12 }, () => {
    return start([...rehearsal, 'count-and-die', '2'], directory);
  });
  const ends = await Promise.all(runs.map(async (run) => (await once(run, 'close'))[1]));
  expect(ends).toEqual(runs.map(() => 'SIGKILL'));
  expect(readFileSync(join(directory, 'counter'), 'utf8')).toBe('24');
  expect(await withLock(directory, async () => 'done', { waitMs: 0 })).toBe('done');
});

const kSpace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
const maySpace = spawnSync(kSpace[0] ?? '', [...kSpace.slice(1), 'true']).status === 0;

/** Starts a process that has the lock, in a pid namespace of its own, as in a container. */
async function contained(directory: string): Promise<ChildProcess> {
  const child = start([...kSpace, ...rehearsal, 'hold'], directory);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

describe.runIf(maySpace)('across pid namespaces (P26)', () => {
  test('a living holder is not robbed', async () => {
    const directory = emptyProject();
    const first = await contained(directory);
    const refused = withLock(directory, async () => 'done', { waitMs: 100 });
    await expect(refused).rejects.toThrow('another run');
    const second = run([...kSpace, ...rehearsal, 'try'], directory);
    expect(second.result).toMatchObject({ refused: expect.stringContaining('another run') });
    const ended = once(first, 'close');
    first.stdin?.end();
    await ended;
    expect(await withLock(directory, async () => 'done', { waitMs: 0 })).toBe('done');
    expect(existsSync(join(directory, '.hpserver'))).toBe(false);
  });

  test('the lock of one that was killed is taken over, from within another too', async () => {
    for (const taker of [rehearsal, [...kSpace, ...rehearsal]]) {
      const directory = emptyProject();
      const first = await contained(directory);
      const ended = once(first, 'close');
      first.kill('SIGKILL');
      await ended;
      expect(existsSync(join(directory, '.hpserver/lock'))).toBe(true);
      expect(run([...taker, 'try'], directory).result).toBe('done');
      expect(existsSync(join(directory, '.hpserver'))).toBe(false);
    }
  });
});

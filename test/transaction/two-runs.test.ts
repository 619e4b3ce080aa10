/** Two runs in one project: the second waits, refuses, or follows one that has died. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/disk/lock.ts';
import { ExitCode, UserError } from '../../src/error.ts';
import { builtRehearsal, emptyFolder, start } from './processes.ts';

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

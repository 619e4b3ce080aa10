/**
 * The built program is killed at random moments: the result, then or after the next run's repair,
 * is the old project or the new one. A few times here; HPSERVER_KILL_RUNS=200 runs that many.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { recover } from '../../src/disk/update/recover.ts';
import { fastFolder, kBin } from '../cli/program.ts';
import { differences, type Fingerprint, fingerprint } from '../others/fingerprint.ts';
import { newProject } from '../project/project.ts';

const root = fastFolder();
const kRuns = Number(process.env.HPSERVER_KILL_RUNS ?? 4);

/**
 * The bytes and modes of a folder's files. Modification times don't matter, nor does what an update
 * keeps for itself.
 */
function treeOf(folder: string): Fingerprint {
  const all = fingerprint(folder, (path) => !/^\.hpserver\/(undo|txn|lock)/.test(path));
  return new Map([...all].map(([path, text]) => [path, text.replace(/ \d+(?= )/, '')]));
}

function start(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [kBin, ...args], { cwd, stdio: 'ignore' });
}

/** How long the program takes, in milliseconds. */
async function timed(args: readonly string[], cwd: string): Promise<number> {
  const begin = performance.now();
  const [status] = await once(start(args, cwd), 'exit');
  expect(status).toBe(0);
  return performance.now() - begin;
}

/**
 * Every second run is killed at a random time; the others are killed soon after they begin to
 * write.
 */
async function killed(
  args: readonly string[],
  cwd: string,
  nth: number,
  { usual, isAtWork }: { readonly usual: number; readonly isAtWork: () => boolean },
): Promise<void> {
  const program = start(args, cwd);
  const end = once(program, 'exit');
  if (nth % 2 === 0) await Promise.race([end, sleep(Math.random() * usual * 1.2)]);
  else {
    while (program.exitCode === null && !isAtWork()) await sleep(1);
    await sleep(Math.random() * usual * 0.08);
  }
  program.kill('SIGKILL');
  await end;
}

/** How the runs ended. If none was interrupted halfway, the test proves nothing. */
const ends: Record<string, number> = {};
const count = (end: string) => {
  ends[end] = (ends[end] ?? 0) + 1;
};

let master = '';
beforeAll(async () => {
  ({ directory: master } = await newProject('typescript'));
});

test('regenerate leaves the old project or the new one', async () => {
  const args = ['regenerate', '--io', 'poll', '--yes'];
  const whole = join(mkdtempSync(join(root, 'whole-')), 'my-server');
  cpSync(master, whole, { recursive: true });
  const old = treeOf(whole);
  const usual = await timed(args, whole);
  const next = treeOf(whole);
  expect(differences(old, next)).not.toEqual([]);
  for (let nth = 0; nth < kRuns; nth++) {
    const place = mkdtempSync(join(root, 'regenerate-'));
    const directory = join(place, 'my-server');
    cpSync(master, directory, { recursive: true });
    const isAtWork = () => existsSync(join(directory, '.hpserver/txn'));
    await killed(args, directory, nth, { usual, isAtWork });
    const { kind } = await recover(directory);
    const left = treeOf(directory);
    const isOld = differences(old, left).length === 0;
    if (!isOld) expect(differences(next, left)).toEqual([]);
    count(`regenerate: ${kind}, then ${isOld ? 'old' : 'new'}`);
    rmSync(place, { recursive: true, force: true });
  }
});

test('create leaves the whole project or none', async () => {
  const args = ['my-server', '--language', 'typescript', '--yes', '--no-git', '--no-build'];
  const whole = mkdtempSync(join(root, 'whole-'));
  const usual = await timed(args, whole);
  const next = treeOf(join(whole, 'my-server'));
  for (let nth = 0; nth < kRuns; nth++) {
    const place = mkdtempSync(join(root, 'create-'));
    const isAtWork = () => readdirSync(place).length > 0;
    await killed(args, place, nth, { usual, isAtWork });
    const directory = join(place, 'my-server');
    const isThere = existsSync(directory);
    if (isThere) expect(differences(next, treeOf(directory))).toEqual([]);
    const isStaged = readdirSync(place).some((name) => name.startsWith('.create-hpserver-'));
    count(`create: ${isThere ? 'whole' : isStaged ? 'only staged' : 'nothing'}`);
    rmSync(place, { recursive: true, force: true });
  }
  process.stdout.write(`${JSON.stringify(ends)}\n`);
});

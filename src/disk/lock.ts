/** One run at a time in a project: a file that names its holder. */

import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ExitCode, UserError } from '../error.ts';
import { kStateFolder } from '../tree/manifest.ts';
import { asDiskError, errorCode } from './disk-error.ts';
import { guardPaths } from './transaction/guard.ts';

export interface LockOptions {
  /** How long another run is waited for; ten seconds if absent. */
  readonly waitMs?: number;
  /** Called once, before the first wait. */
  readonly onWait?: (holder: Holder) => void;
}

export interface Holder {
  readonly pid: number;
  /** In ticks since the boot, so that a later process of the same id is another one; '' unknown. */
  readonly started: string;
  readonly host: string;
}

const kWaitMs = 10_000;
const kPollMs = 50;
/** A holder writes its name at once: a lock that is still unreadable after that has no holder. */
const kNamelessMs = 2_000;

/**
 * Runs the work while no other run is in the project. A lock whose process has died is taken over.
 * Errors: those of the work; `UserError` (failure) where another run does not end in time, or the
 * system refuses.
 */
export async function withLock<T>(
  directory: string,
  work: () => Promise<T>,
  { waitMs = kWaitMs, onWait }: LockOptions = {},
): Promise<T> {
  const file = join(directory, kStateFolder, 'lock');
  const own = JSON.stringify(self());
  const end = performance.now() + waitMs;
  let hasWaited = false;
  while (!(await take(directory, file, own))) {
    const holder = await livingHolder(file);
    if (holder === null) continue;
    if (performance.now() >= end) throw stillHeld(file, holder);
    if (!hasWaited) onWait?.(holder);
    hasWaited = true;
    await setTimeout(kPollMs);
  }
  try {
    return await work();
  } finally {
    await release(directory, file, own);
  }
}

function self(): Holder {
  return { pid: process.pid, started: stateOf(process.pid)?.started ?? '', host: hostname() };
}

/** False: another one has it, or is just removing the folder. */
async function take(directory: string, file: string, own: string): Promise<boolean> {
  try {
    guardPaths(directory, []);
    await mkdir(join(directory, kStateFolder)).catch(unless('EEXIST'));
    await writeFile(file, own, { flag: 'wx' });
    return true;
  } catch (thrown) {
    const code = errorCode(thrown);
    const isFolderThere = await stat(directory).then(
      () => true,
      () => false,
    );
    if (code === 'EEXIST' || (code === 'ENOENT' && isFolderThere)) return false;
    throw asDiskError(thrown, directory);
  }
}

/** A folder that only the lock has made goes with it. */
async function release(directory: string, file: string, own: string): Promise<void> {
  if ((await textOf(file)) !== own) return;
  await unlink(file).catch(unless('ENOENT'));
  await rmdir(join(directory, kStateFolder)).catch(() => {});
}

/** Null: the lock has become free, or was a dead holder's and has been removed. */
async function livingHolder(file: string): Promise<Holder | null> {
  const text = await textOf(file);
  if (text === null) return null;
  const holder = parseHolder(text);
  if (holder !== null && isAlive(holder)) return holder;
  if (holder === null && (await ageOf(file)) < kNamelessMs) return kNameless;
  await removeDead(file, text);
  return null;
}

const kNameless: Holder = { pid: 0, started: '', host: '' };

/**
 * Renamed first: of two that saw the same dead holder only one gets this file. What turns out to be
 * the lock of a third, which was quicker, is put back.
 */
async function removeDead(file: string, text: string): Promise<void> {
  const grave = `${file}.dead-${process.pid}`;
  try {
    await rename(file, grave);
    if ((await textOf(grave)) !== text) await link(grave, file);
    await unlink(grave);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw asDiskError(thrown, file);
  }
}

function isAlive({ pid, started, host }: Holder): boolean {
  // Of another machine on the same network disk nothing can be seen from here.
  if (host !== hostname()) return true;
  if (started === '') return answers(pid);
  return stateOf(pid)?.started === started;
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return errorCode(thrown) === 'EPERM';
  }
}

/** Fields 3 and 22 of proc_pid_stat(5); null: there is no such process, or no /proc. */
function stateOf(pid: number): { readonly started: string } | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program stands in parentheses, and may contain some itself.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { started: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, started, host } = JSON.parse(text) as Holder;
    const isHolder = Number.isInteger(pid) && pid > 0;
    return isHolder && [started, host].every(isString) ? { pid, started, host } : null;
  } catch {
    return null;
  }
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

async function ageOf(file: string): Promise<number> {
  const changed = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
  return Date.now() - changed;
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null;
    throw asDiskError(thrown, file);
  }
}

function unless(code: string): (thrown: unknown) => void {
  return (thrown) => {
    if (errorCode(thrown) !== code) throw thrown;
  };
}

function stillHeld(file: string, { pid, host }: Holder): UserError {
  const who = pid === 0 ? 'another run' : `another run (process ${pid} on ${host})`;
  const issue = {
    at: file,
    message: `${who} is at work in this project`,
    fix: `Wait for it to end; if it has ended already, remove ${file}.`,
  };
  return new UserError(ExitCode.failure, [issue]);
}

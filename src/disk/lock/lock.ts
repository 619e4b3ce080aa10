/** One run at a time in a project: a file that names its holder. */

import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readFile, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ExitCode, UserError } from '../../error.ts';
import { sha256 } from '../../tree/hash.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { asDiskError, errorCode } from '../disk-error.ts';
import { giveLikeProject } from '../owner.ts';
import { guardPaths } from '../transaction/guard.ts';
import { type Beacon, isLit, lightBeacon } from './beacon.ts';

export interface LockOptions {
  /** How long to wait for another run; ten seconds if absent. */
  readonly waitMs?: number;
  /** Called once, before the first wait. */
  readonly onWait?: (holder: Holder) => void;
}

export interface Holder {
  readonly pid: number;
  /** In clock ticks since boot, to tell apart a later process with the same id; '' if unknown. */
  readonly started: string;
  readonly host: string;
  /** The boot id of its kernel; '' if unknown, as in older versions. */
  readonly boot: string;
  /** The namespace in which its process id is valid; '' if unknown. */
  readonly space: string;
  /** The socket beside the lock that answers while it lives; '' if none. */
  readonly beacon: string;
}

const kWaitMs = 10_000;
const kPollMs = 50;
/**
 * A holder writes its name at once: a lock that is unreadable for longer than this has no holder.
 */
const kNamelessMs = 2_000;
/** Removing a dead holder's lock takes hardly any time: a claim older than this is abandoned. */
const kClaimMs = 10_000;

/**
 * Runs the work while no other run is in the project. A lock whose process has died is taken over.
 * Errors: those of the work; `UserError` (failure) if another run doesn't finish in time, or the
 * system refuses.
 */
export async function withLock<T>(
  directory: string,
  work: () => Promise<T>,
  { waitMs = kWaitMs, onWait }: LockOptions = {},
): Promise<T> {
  const file = join(directory, kStateFolder, 'lock');
  const end = performance.now() + waitMs;
  let isTold = false;
  let held = await take(directory, file);
  for (; held === null; held = await take(directory, file)) {
    const holder = await livingHolder(file);
    if (holder === null) continue;
    if (performance.now() >= end) throw stillHeld(file, holder);
    // A holder that has just taken the lock may not have written its name yet.
    if (!isTold && holder.pid !== 0) {
      onWait?.(holder);
      isTold = true;
    }
    await setTimeout(kPollMs);
  }
  try {
    return await work();
  } finally {
    await release(directory, file, held);
  }
}

interface Held {
  /** The lock's content. */
  readonly text: string;
  readonly beacon: Beacon | null;
}

function self(beacon: Beacon | null): Holder {
  return {
    pid: process.pid,
    started: stateOf(process.pid)?.started ?? '',
    host: hostname(),
    boot: bootId(),
    space: pidSpace(),
    beacon: beacon?.name ?? '',
  };
}

/** Null if another run holds the lock, or is removing the state folder at this very moment. */
async function take(directory: string, file: string): Promise<Held | null> {
  const folder = join(directory, kStateFolder);
  let beacon: Beacon | null = null;
  try {
    guardPaths(directory, []);
    await mkdir(folder).then(() => giveLikeProject(directory, folder), unless('EEXIST'));
    // Checked first, so a waiting run doesn't light a beacon at every attempt.
    if ((await textOf(file)) !== null) return null;
    // The beacon is lit before the lock names it: if it is out, the lock's holder has died.
    beacon = await lightBeacon(folder);
    const text = JSON.stringify(self(beacon));
    await writeFile(file, text, { flag: 'wx' });
    return { text, beacon };
  } catch (thrown) {
    await beacon?.close();
    const code = errorCode(thrown);
    const isFolderThere = await stat(directory).then(
      () => true,
      () => false,
    );
    if (code === 'EEXIST' || (code === 'ENOENT' && isFolderThere)) return null;
    throw asDiskError(thrown, directory);
  }
}

/** A folder that only the lock created is removed with it. */
async function release(directory: string, file: string, { text, beacon }: Held): Promise<void> {
  if ((await textOf(file)) === text) await unlink(file).catch(unless('ENOENT'));
  await beacon?.close();
  await rmdir(join(directory, kStateFolder)).catch(() => {});
}

/** Null if the lock is free by now, or had a dead holder and has been removed. */
async function livingHolder(file: string): Promise<Holder | null> {
  const text = await textOf(file);
  if (text === null) return null;
  const holder = parseHolder(text);
  if (holder !== null && (await isAlive(dirname(file), holder))) return holder;
  if (holder === null && (await ageOf(file)) < kNamelessMs) return kNameless;
  await removeDead(file, text, holder?.beacon);
  return null;
}

const kNameless: Holder = { pid: 0, started: '', host: '', boot: '', space: '', beacon: '' };

/**
 * A dead holder's lock is removed only by the run that claims it. If two runs tried to remove it,
 * the slower one could remove the lock that a third run has taken in the meantime.
 */
async function removeDead(file: string, text: string, beacon = ''): Promise<void> {
  const claim = `${file}.dead-${sha256(text).slice(0, 16)}`;
  if (!(await hasClaimed(claim))) {
    await setTimeout(kPollMs);
    return;
  }
  try {
    // As long as the lock is the dead holder's, only this run may remove it.
    if ((await textOf(file)) === text) {
      await unlink(file);
      if (beacon !== '') await unlink(join(dirname(file), beacon));
    }
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOENT') throw asDiskError(thrown, file);
  } finally {
    await unlink(claim).catch(unless('ENOENT'));
  }
}

/**
 * False: another run is removing the lock, or was killed while removing it. An old claim expires.
 */
async function hasClaimed(claim: string): Promise<boolean> {
  try {
    await writeFile(claim, '', { flag: 'wx' });
    return true;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code !== 'EEXIST' && code !== 'ENOENT') throw asDiskError(thrown, claim);
    if ((await ageOf(claim)) > kClaimMs) await unlink(claim).catch(unless('ENOENT'));
    return false;
  }
}

async function isAlive(folder: string, holder: Holder): Promise<boolean> {
  const { pid, started, host, boot, space, beacon } = holder;
  if (boot !== '' && boot !== bootId()) {
    // The holder ran on this machine before a reboot. A process on another machine, which shares a
    // network disk, can't be seen from here.
    return host !== hostname();
  }
  const isLitNow = boot === '' || beacon === '' ? null : await isLit(folder, beacon);
  if (isLitNow !== null) return isLitNow;
  // An id from another namespace means nothing here: pid_namespaces(7).
  const isVisible = space === '' ? host === hostname() : space === pidSpace();
  if (!isVisible) return true;
  if (started === '') return answers(pid);
  return stateOf(pid)?.started === started;
}

/** Shared by all containers of a machine: random(4). Empty if there is no /proc. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

/** namespaces(7). Empty if there is no /proc. */
function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
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
    // The program's name is in parentheses, and may contain parentheses.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { started: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, ...rest } = JSON.parse(text) as Holder;
    // Older versions wrote only `pid`, `started` and `host`.
    const { started, host, boot = '', space = '', beacon = '' } = rest;
    const isHolder = Number.isInteger(pid) && pid > 0 && /^(?:lock-[\w]+)?$/.test(beacon);
    const isWhole = isHolder && [started, host, boot, space].every(isString);
    return isWhole ? { pid, started, host, boot, space, beacon } : null;
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
    message: `${who} is working in this project`,
    fix: `Wait for it to finish; if it is no longer running, remove ${file}.`,
  };
  return new UserError(ExitCode.failure, [issue]);
}

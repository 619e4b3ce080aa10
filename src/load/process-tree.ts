/** A process with its descendants, so a master's workers count too: figures from proc(5). */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The process itself, then all its descendants. */
export function processTree(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const fields = /^\d+$/.test(entry) ? statFields(Number(entry)) : null;
    if (fields !== null) parents.set(Number(entry), Number(fields[1]));
  }
  const tree = [pid];
  for (const member of tree) {
    for (const [child, parent] of parents) if (parent === member) tree.push(child);
  }
  return tree;
}

/**
 * User and system time of the tree, including children that have exited: a process that serves one
 * connection exits with it. See: proc(5), fields 14 to 17.
 */
export function cpuSeconds(pid: number): number {
  const ticks = sumOver(pid, (each) => {
    const times = statFields(each)?.slice(11, 15) ?? [];
    return times.reduce((sum, time) => sum + Number(time), 0);
  });
  return ticks / ticksPerSecond();
}

/** Proportional set size of the tree: pages that workers share count once. */
export function proportionalBytes(pid: number): number {
  return sumOver(pid, (each) => kilobytes(each, 'smaps_rollup', /^Pss:\s+(\d+) kB/m) * 1024);
}

/** Pages that several processes share count for each of them. */
export function residentBytes(pid: number): number {
  return sumOver(pid, (each) => kilobytes(each, 'status', /^VmRSS:\s+(\d+) kB/m) * 1024);
}

/** Open descriptors of the whole tree. */
export function descriptorCount(pid: number): number {
  return sumOver(pid, (each) => orNull(() => readdirSync(`/proc/${each}/fd`).length) ?? 0);
}

/** Processes that have already exited are skipped. */
export function signalAll(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) signal(pid, name);
}

export function killAll(pids: readonly number[]): void {
  signalAll(pids, 'SIGKILL');
}

export function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

/**
 * False if there is no such process. A pid of 0 would signal our whole process group, so it is
 * refused.
 */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  if (pid <= 0) return false;
  return orNull(() => process.kill(pid, name)) ?? false;
}

function sumOver(pid: number, figure: (pid: number) => number): number {
  return processTree(pid).reduce((sum, each) => sum + figure(each), 0);
}

/** /proc/PID/stat from field 3 (state) on; the command before it may contain spaces. */
function statFields(pid: number): readonly string[] | null {
  const stat = textOf(pid, 'stat');
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function kilobytes(pid: number, file: string, pattern: RegExp): number {
  return Number(pattern.exec(textOf(pid, file) ?? '')?.[1] ?? 0);
}

/** Null for a process that has exited meanwhile. */
function textOf(pid: number, file: string): string | null {
  return orNull(() => readFileSync(`/proc/${pid}/${file}`, 'latin1'));
}

function orNull<Value>(ask: () => Value): Value | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

let knownTicks: number | null = null;

function ticksPerSecond(): number {
  knownTicks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return knownTicks;
}

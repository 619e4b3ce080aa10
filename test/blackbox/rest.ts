/** Detects when a server has done all it can for now, whatever the machine's speed. */

import { readdirSync, readFileSync } from 'node:fs';
import { processTree, signalAll } from '../../src/load/process-tree.ts';
import { eventually } from './wire.ts';

/** Runs `action` while no thread of the process or its children is running. */
export async function whileStopped(pid: number, action: () => Promise<void>): Promise<void> {
  await eventually('a server that stands still', () => {
    // Again and again: a child may have been created before its parent stopped.
    signalAll(processTree(pid), 'SIGSTOP');
    return processTree(pid).every(isStopped) || undefined;
  });
  try {
    await action();
  } finally {
    signalAll(processTree(pid), 'SIGCONT');
  }
}

/** `t` is a stopped traced thread; `Z` has exited. See: proc(5), stat. */
function isStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((task) => {
    const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'latin1');
    return /^[TtZ]$/.test(stat.charAt(stat.lastIndexOf(')') + 2));
  });
}

/** For every thread: its state, and how many context switches it has had. */
type Snapshot = ReadonlyMap<string, string>;

/**
 * Resolves when no thread of the process or its children has anything to do. A thread that runs
 * after it was seen asleep has one more context switch by the time it sleeps again. So if two
 * snapshots are equal, and all threads are asleep in both, there was a moment at which no thread
 * could wake another.
 */
export async function atRest(pid: number): Promise<void> {
  await eventually('a server at rest', () => {
    const before = snapshot(pid);
    if (![...before.values()].every((view) => view.startsWith('S'))) return undefined;
    const after = snapshot(pid);
    const same = [...after].every(([thread, view]) => before.get(thread) === view);
    return (same && before.size === after.size) || undefined;
  });
}

/** See: proc(5), /proc/pid/task/tid/status. Errors: a thread has exited meanwhile. */
function snapshot(pid: number): Snapshot {
  const threads = processTree(pid).flatMap((member) => {
    return readdirSync(`/proc/${member}/task`).map((thread) => `/proc/${member}/task/${thread}`);
  });
  return new Map(threads.map((thread) => [thread, viewOf(`${thread}/status`)]));
}

function viewOf(path: string): string {
  const text = readFileSync(path, 'latin1');
  const state = /^State:\t(\w)/m.exec(text)?.[1];
  const switches = [...text.matchAll(/ctxt_switches:\t(\d+)/g)].map(([, count]) => count);
  return [state, ...switches].join(' ');
}

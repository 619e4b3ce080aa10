/**
 * Exits the process if a module never finishes loading: a loop at its top level can't be stopped in
 * any other way.
 */

import { Worker } from 'node:worker_threads';
import { kMaxCallMs } from './bounded.ts';

/** Runs in a separate thread, because the main thread may be stuck. */
const kWatch = `
const { writeSync } = require('node:fs');
const { workerData: { state, limitMs, message } } = require('node:worker_threads');
if (Atomics.wait(state, 0, 0, limitMs) === 'timed-out') {
  writeSync(2, message);
  process.kill(process.pid, 'SIGKILL');
}
`;

/** The outcome of the work; past the limit the process exits, with a line on standard error. */
export async function watched<T>(
  what: string,
  work: () => Promise<T>,
  limitMs: number = kMaxCallMs,
): Promise<T> {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const seconds = limitMs / 1000;
  const message =
    `${what} did not finish within ${seconds} seconds: the run was stopped, and nothing was ` +
    'written.\n';
  const worker = new Worker(kWatch, { eval: true, workerData: { state, limitMs, message } });
  // The thread must not keep a process alive that has nothing else to wait for.
  worker.unref();
  try {
    return await work();
  } finally {
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
  }
}

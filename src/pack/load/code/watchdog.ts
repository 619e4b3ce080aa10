/**
 * Exits the process if a module never finishes loading: there is no other way out of a top-level
 * loop.
 */

import { Worker } from 'node:worker_threads';
import { kMaxCallMs } from './bounded.ts';

/** In a separate thread, because the main one may be stuck. */
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
  // It doesn't keep the process alive when there is nothing else to wait for.
  worker.unref();
  try {
    return await work();
  } finally {
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
  }
}

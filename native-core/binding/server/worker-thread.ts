/** A worker thread, as WorkerSet starts it, and what it is given. */

import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { StartedWorker, WorkerOrder } from './worker-set.ts';

/** What a worker is started with. */
export interface ThreadStart<Config> {
  /** The number of the server that it serves. */
  readonly server: number;
  /** Which of the server's sockets are its own; null: connections or requests are handed to it. */
  readonly shard: number | null;
  readonly config: Config;
}

/** Runs `module`, which calls `serveAsWorker`; `start` is a plain value. */
export function startThread<Config>(
  module: URL,
  name: string,
  start: ThreadStart<Config>,
): StartedWorker {
  const worker = new Worker(module, { workerData: start, name });
  let failure: unknown = null;
  worker.once('error', (error) => {
    failure = error;
  });
  return {
    tell: (order) => worker.postMessage(order),
    onServing: (listener) => worker.once('message', listener),
    onEnd: (listener) => {
      worker.once('exit', (code) => {
        listener(failure ?? new Error(`${name} has ended with code ${code}`));
      });
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

/** What the main thread has given to this worker; it is of the type that the main thread gave. */
export function threadStart<Config>(): ThreadStart<Config> {
  return workerData as ThreadStart<Config>;
}

/** As `threadStart`: the configuration alone. */
export function workerConfig<Config>(): Config {
  return threadStart<Config>().config;
}

/** Tells the main thread that this one serves, and hears its orders until `end` is called. */
export function obey(onOrder: (order: WorkerOrder, end: () => void) => void): void {
  if (parentPort === null) throw new Error('a worker is started by the main thread');
  const port = parentPort;
  port.on('message', (order: WorkerOrder) => onOrder(order, () => port.close()));
  port.postMessage('serving');
}

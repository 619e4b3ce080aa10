/** A worker thread, as started by WorkerSet, and what it is given. */

import { parentPort, Worker, workerData } from 'node:worker_threads';
import { whenStillBusy } from './ending.ts';
import type { StartedWorker, WorkerDuties, WorkerNews, WorkerOrder } from './worker-set.ts';

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
    name,
    tell: (order) => worker.postMessage(order),
    onNews: (listener) => worker.on('message', listener),
    onEnd: (listener) => {
      worker.once('exit', (code) => {
        listener(failure ?? new Error(`${name} exited with code ${code}`), code === 0);
      });
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

/** What the main thread has passed to this worker; the type is the main thread's. */
export function threadStart<Config>(): ThreadStart<Config> {
  return workerData as ThreadStart<Config>;
}

/** Like `threadStart`, but only the configuration. */
export function workerConfig<Config>(): Config {
  return threadStart<Config>().config;
}

/** Tells the main thread that this worker serves, and obeys its orders until the end. */
export function obey({ drain, reopenLogs, onChanges }: WorkerDuties): void {
  if (parentPort === null) throw new Error('a worker is started by the main thread');
  const port = parentPort;
  const tell = (news: WorkerNews): void => port.postMessage(news);
  port.on('message', (order: WorkerOrder) => {
    if (order === 'reopen-logs') return reopenLogs();
    if ('changes' in order) return onChanges?.(order.changes);
    whenStillBusy(order.drainWithinMs, ({ message }) => {
      tell({ stillBusy: message });
      process.exit(1);
    });
    void drain().then(() => port.unref());
  });
  tell('serving');
}

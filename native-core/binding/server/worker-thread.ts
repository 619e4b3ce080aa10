/** A worker thread, as WorkerSet starts it, and what it is given. */

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
        listener(failure ?? new Error(`${name} has ended with code ${code}`), code === 0);
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

/** Tells the main thread that this one serves, and does what that one says until its own end. */
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

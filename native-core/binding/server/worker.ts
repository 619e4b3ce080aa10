/** The worker's end of a server: a loop of its own, until the main thread tells it to drain. */

import { parentPort, workerData } from 'node:worker_threads';
import { Loop, type LoopParts } from './loop.ts';
import type { WorkerOrder, WorkerStart } from './worker-set.ts';

export interface WorkerParts extends Omit<LoopParts, 'server'> {
  /** The main thread's logs were renamed: go on in new ones. */
  readonly reopenLogs: () => void;
}

/** What the main thread has given to this worker; it is of the type that the main thread gave. */
export function workerConfig<Config>(): Config {
  return (workerData as WorkerStart<Config>).config;
}

/** Serves the connections of this thread's share. Ends the thread once it is drained. */
export function serveAsWorker({ reopenLogs, ...parts }: WorkerParts): void {
  const { server, shard } = workerData as WorkerStart<unknown>;
  if (parentPort === null) throw new Error('a worker is started by the main thread');
  const port = parentPort;
  const loop = new Loop({ ...parts, server });
  if (shard === null) loop.join();
  else loop.listen(shard);
  port.on('message', (order: WorkerOrder) => {
    switch (order) {
      case 'drain':
        void loop.drain().then(() => port.close());
        break;
      case 'reopen-logs':
        loop.reopenAccessLog();
        reopenLogs();
        break;
    }
  });
  port.postMessage('serving');
}

/** The worker's end of a server: a loop of its own, until the main thread tells it to drain. */

import { Loop, type LoopParts } from './loop.ts';
import { obey, threadStart } from './worker-thread.ts';

export { workerConfig } from './worker-thread.ts';

export interface WorkerParts extends Omit<LoopParts, 'server'> {
  /** The main thread's logs were renamed: go on in new ones. */
  readonly reopenLogs: () => void;
}

/** Serves the connections of this thread's share. Ends the thread once it is drained. */
export function serveAsWorker({ reopenLogs, ...parts }: WorkerParts): void {
  const { server, shard } = threadStart<unknown>();
  const loop = new Loop({ ...parts, server });
  if (shard === null) loop.join();
  else loop.listen(shard);
  obey((order, end) => {
    switch (order) {
      case 'drain':
        void loop.drain().then(end);
        break;
      case 'reopen-logs':
        loop.reopenAccessLog();
        reopenLogs();
        break;
    }
  });
}

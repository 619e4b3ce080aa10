/** The worker's end of a server: its own loop, until the main thread tells it to drain. */

import { Loop, type LoopParts } from './loop.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import type { WorkerDuties } from './worker-set.ts';
import { obey, threadStart } from './worker-thread.ts';

export { workerConfig } from './worker-thread.ts';

export interface WorkerParts extends Omit<LoopParts, 'server'> {
  readonly log: ServerLog;
  readonly onChanges?: WorkerDuties['onChanges'];
}

/** Serves this thread's share of the connections. Ends the thread once it is drained. */
export function serveAsWorker({ log, onChanges, ...parts }: WorkerParts): void {
  const { server, shard } = threadStart<unknown>();
  const loop = new Loop({ ...parts, server });
  if (shard === null) loop.join();
  else loop.listen(shard);
  obey({
    drain: () => loop.drain(),
    reopenLogs: () => reopenLogs(log, () => loop.reopenAccessLog()),
    onChanges,
  });
}

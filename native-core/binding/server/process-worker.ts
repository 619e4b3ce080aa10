/** A worker process: a loop inside its JavaScript event loop, until the parent drains it. */

import { passOnNotices } from './ending.ts';
import { Loop, type LoopParts } from './loop.ts';
import { processes } from './native-processes.ts';
import { type ListenOptions, nativeLimit } from './options.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import { obey, processStart } from './worker-process.ts';
import type { WorkerDuties } from './worker-set.ts';

export { workerConfig } from './worker-process.ts';

export interface WorkerParts extends Omit<LoopParts, 'server'> {
  readonly options: LoopParts['options'] & ListenOptions;
  readonly log: ServerLog;
  readonly onChanges?: WorkerDuties['onChanges'];
}

/** Serves this process's share of the connections. The process exits once it is drained. */
export function serveAsWorker({ log, onChanges, ...parts }: WorkerParts): void {
  const { inheritance } = processStart<unknown>();
  const maxConnections = nativeLimit(parts.options.maxConnections);
  const loop = new Loop({
    ...parts,
    server: processes.adoptServer({ ...parts.options, ...inheritance, maxConnections }),
  });
  if (inheritance.sharded) loop.listen();
  else loop.join();
  const duties = {
    drain: () => loop.drain(),
    reopenLogs: () => reopenLogs(log, () => loop.reopenAccessLog()),
    onChanges,
  };
  passOnNotices(log);
  obey(duties, parts.options.drainTimeoutMs);
}

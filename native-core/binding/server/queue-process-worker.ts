/** A worker process: a native thread does all I/O, and this one processes what that queues. */

import type { OnHandlerError } from './dispatch.ts';
import { passOnNotices } from './ending.ts';
import { processes } from './native-processes.ts';
import { NativeServer, type NativeServerOptions } from './native-server.ts';
import { processQueue } from './queue-logic.ts';
import type { Routes } from './routes.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import { obey, processStart } from './worker-process.ts';
import type { WorkerDuties } from './worker-set.ts';

export { workerConfig } from './worker-process.ts';

export interface WorkerParts {
  readonly routes: Routes;
  readonly options: NativeServerOptions;
  readonly onError: OnHandlerError;
  readonly log: ServerLog;
  readonly onChanges?: WorkerDuties['onChanges'];
}

/** Serves this process's share of the connections. The process exits once it is drained. */
export function serveAsWorker({ log, onChanges, ...parts }: WorkerParts): void {
  const { routes, options, onError } = parts;
  processes.inherit(processStart<unknown>().inheritance);
  const native = new NativeServer({ ...options, listen: [] }, 1);
  const logic = processQueue({ server: native.id, routes, onError });
  native.run();
  const drain = async (): Promise<void> => {
    await native.drain();
    logic.close();
  };
  const reopen = (): void => reopenLogs(log, () => native.reopenAccessLog());
  passOnNotices(log);
  obey({ drain, reopenLogs: reopen, onChanges }, options.drainTimeoutMs);
}

/** The worker's end of a server with a request queue: processes until the server has drained. */

import type { OnHandlerError } from './dispatch.ts';
import { processQueue } from './queue-logic.ts';
import type { Routes } from './routes.ts';
import { reopenLogs, type ServerLog } from './server-log.ts';
import type { WorkerDuties } from './worker-set.ts';
import { obey, threadStart } from './worker-thread.ts';

export { workerConfig } from './worker-thread.ts';

export interface WorkerParts {
  readonly routes: Routes;
  /** For the whole server: the native threads have them already. */
  readonly options: unknown;
  readonly onError: OnHandlerError;
  readonly log: ServerLog;
  readonly onChanges?: WorkerDuties['onChanges'];
}

/** Processes this thread's share of the requests. Ends the thread once all are answered. */
export function serveAsWorker({ log, routes, onError, onChanges }: WorkerParts): void {
  const { server } = threadStart<unknown>();
  const logic = processQueue({ server, routes, onError });
  obey({
    drain: async () => logic.close(),
    reopenLogs: () => reopenLogs(log, () => {}),
    onChanges,
  });
}

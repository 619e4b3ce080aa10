/** A worker process: a native thread does all I/O, and this one processes what that one queues. */

import type { OnHandlerError } from './dispatch.ts';
import { processes } from './native-processes.ts';
import { NativeServer, type NativeServerOptions } from './native-server.ts';
import { processQueue } from './queue-logic.ts';
import type { Routes } from './routes.ts';
import { obey, processStart } from './worker-process.ts';

export { workerConfig } from './worker-process.ts';

export interface WorkerParts {
  readonly routes: Routes;
  readonly options: NativeServerOptions;
  readonly onError: OnHandlerError;
  /** The parent's logs were renamed: go on in new ones. */
  readonly reopenLogs: () => void;
}

/** Serves the connections of this process's share. The process ends once it is drained. */
export function serveAsWorker({ reopenLogs, routes, options, onError }: WorkerParts): void {
  processes.inherit(processStart<unknown>().inheritance);
  const native = new NativeServer({ ...options, listen: [] }, 1);
  const logic = processQueue({ server: native.id, routes, onError });
  native.run();
  obey((order, end) => {
    switch (order) {
      case 'drain':
        void native.drain().then(() => {
          logic.close();
          end();
        });
        break;
      case 'reopen-logs':
        native.reopenAccessLog();
        reopenLogs();
        break;
    }
  });
}

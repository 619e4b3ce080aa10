/** A server whose connections are served by loops on worker threads. */

import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import type { ServerOptions } from './options.ts';
import type { Server, Starting } from './server.ts';
import { WorkerSet } from './worker-set.ts';
import { startThread } from './worker-thread.ts';

export interface WorkerServerParts<Config extends ServerOptions> extends Starting {
  /** The module that each worker runs. */
  readonly worker: URL;
  readonly size: number;
  readonly config: Config;
  readonly onWorkerFailure: (error: unknown) => void;
}

/** What this thread does for the workers, from the time when they serve until it is closed. */
export type Entrance = (listeners: Listeners) => { readonly close: () => void };

/**
 * Serves by workers that accept themselves, or take what the entrance hands out. Errors: rejects
 * with those of `openListeners` and of the first worker.
 */
export async function serveByWorkers<Config extends ServerOptions>(
  parts: WorkerServerParts<Config>,
  entrance: Entrance | null,
): Promise<Server> {
  const { worker, size, config, onWorkerFailure, onListening } = parts;
  const listeners = openListeners(config, { loops: size, sharded: entrance === null });
  try {
    onListening?.();
    const workers = await WorkerSet.start({
      size,
      start: (index) => {
        const shard = entrance === null ? index : null;
        return startThread(worker, `worker-${index}`, { server: listeners.server, shard, config });
      },
      onFailure: onWorkerFailure,
    });
    const opened = entrance?.(listeners);
    return {
      ...listeners,
      drain: () => {
        // From then on only the workers have sockets: each accepts what waits in its own.
        closeListeners(listeners);
        // Dispatches the backlog: workers check their pipes before they drain.
        opened?.close();
        return workers.drain(config.drainTimeoutMs);
      },
      reopenLogs: () => workers.tell('reopen-logs'),
      change: (changes) => workers.change(changes),
    };
  } catch (error) {
    closeListeners(listeners);
    throw error;
  }
}

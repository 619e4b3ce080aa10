/**
 * Native threads do all I/O, as defined in `native/addon/architecture.h`, and queue the requests;
 * worker threads process them, each in its JavaScript event loop.
 */

import { availableParallelism } from 'node:os';
import { NativeServer, type NativeServerOptions } from './native-server.ts';
import type { Server, Starting } from './server.ts';
import { WorkerSet } from './worker-set.ts';
import { startThread } from './worker-thread.ts';

export interface QueueServerParts<Config extends NativeServerOptions> extends Starting {
  /** The module that each worker runs. */
  readonly worker: URL;
  /** The number of native threads; as many workers process, but no more than there are cores. */
  readonly size: number;
  readonly config: Config;
  readonly onWorkerFailure: (error: unknown) => void;
}

/**
 * Resolves when all workers are processing.
 * Errors: rejects with those of NativeServer and of the first worker.
 */
export async function startQueueServer<Config extends NativeServerOptions>(
  parts: QueueServerParts<Config>,
): Promise<Server> {
  const { worker, size, config, onWorkerFailure, onListening } = parts;
  const native = new NativeServer(config, size);
  try {
    onListening?.();
    const workers = await WorkerSet.start({
      // A waiting handler costs no thread, so more threads than cores would only cause context
      // switches.
      size: Math.min(size, availableParallelism()),
      start: (index) => {
        return startThread(worker, `worker-${index}`, { server: native.id, shard: null, config });
      },
      onFailure: onWorkerFailure,
    });
    native.run();
    return {
      urls: native.urls,
      warnings: native.warnings,
      drain: async () => {
        const deadline = performance.now() + config.drainTimeoutMs;
        await native.drain();
        return workers.drain(Math.max(deadline - performance.now(), 0));
      },
      reopenLogs: () => {
        workers.tell('reopen-logs');
        native.reopenAccessLog();
      },
      change: (changes) => workers.change(changes),
    };
  } catch (error) {
    native.close();
    throw error;
  }
}

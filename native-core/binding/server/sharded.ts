/**
 * Every worker thread is a whole server: a listening socket of its own on the same port
 * (SO_REUSEPORT, the kernel spreads connections) and a loop inside of its JavaScript event loop.
 */

import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import type { ListenOptions } from './options.ts';
import type { Server } from './server.ts';
import { WorkerSet } from './worker-set.ts';

export interface ShardedParts<Config extends ListenOptions> {
  /** The module that each worker runs. */
  readonly worker: URL;
  readonly size: number;
  readonly config: Config;
  readonly onWorkerFailure: (error: unknown) => void;
}

export class Sharded implements Server {
  private readonly listeners: Listeners;
  private readonly workers: WorkerSet<unknown>;

  private constructor(listeners: Listeners, workers: WorkerSet<unknown>) {
    this.listeners = listeners;
    this.workers = workers;
  }

  /** Resolves when all workers serve. Errors: those of `openListeners` and of the first worker. */
  static async start<Config extends ListenOptions>(parts: ShardedParts<Config>): Promise<Sharded> {
    const { worker, size, config, onWorkerFailure } = parts;
    const listeners = openListeners(config, { loops: size, sharded: true });
    try {
      const workers = await WorkerSet.start({
        module: worker,
        server: listeners.server,
        size,
        sharded: true,
        config,
        onFailure: onWorkerFailure,
      });
      return new Sharded(listeners, workers);
    } catch (error) {
      closeListeners(listeners);
      throw error;
    }
  }

  get urls(): readonly string[] {
    return this.listeners.urls;
  }

  get warnings(): readonly string[] {
    return this.listeners.warnings;
  }

  async drain(): Promise<void> {
    // The workers' sockets are the last ones then: each accepts what waits, then closes its own.
    closeListeners(this.listeners);
    await this.workers.drain();
  }

  reopenLogs(): void {
    this.workers.tell('reopen-logs');
  }
}

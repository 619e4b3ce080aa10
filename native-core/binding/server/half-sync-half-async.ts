/**
 * The main thread only accepts, natively, and dispatches each connection through a pipe to one of
 * the worker threads, each of which has a loop of its own inside of its JavaScript event loop.
 */

import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import { type NativeDispatcher, native } from './native.ts';
import type { ListenOptions } from './options.ts';
import type { Server } from './server.ts';
import { WorkerSet } from './worker-set.ts';

export interface HalfSyncHalfAsyncParts<Config extends ListenOptions> {
  /** The module that each worker runs. */
  readonly worker: URL;
  readonly size: number;
  readonly config: Config;
  readonly onWorkerFailure: (error: unknown) => void;
}

export class HalfSyncHalfAsync implements Server {
  private readonly listeners: Listeners;
  private readonly dispatcher: NativeDispatcher;
  private readonly workers: WorkerSet<unknown>;

  private constructor(
    listeners: Listeners,
    dispatcher: NativeDispatcher,
    workers: WorkerSet<unknown>,
  ) {
    this.listeners = listeners;
    this.dispatcher = dispatcher;
    this.workers = workers;
  }

  /** Resolves when all workers serve. Errors: those of `openListeners` and of the first worker. */
  static async start<Config extends ListenOptions>(
    parts: HalfSyncHalfAsyncParts<Config>,
  ): Promise<HalfSyncHalfAsync> {
    const { worker, size, config, onWorkerFailure } = parts;
    const listeners = openListeners(config, { loops: size, sharded: false });
    try {
      const workers = await WorkerSet.start({
        module: worker,
        server: listeners.server,
        size,
        sharded: false,
        config,
        onFailure: onWorkerFailure,
      });
      const dispatcher = new native.Dispatcher(listeners.server);
      return new HalfSyncHalfAsync(listeners, dispatcher, workers);
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
    // First what the backlog holds is dispatched: the workers look into their pipes once more
    // before they drain.
    closeListeners(this.listeners);
    this.dispatcher.close();
    await this.workers.drain();
  }

  reopenLogs(): void {
    this.workers.tell('reopen-logs');
  }
}

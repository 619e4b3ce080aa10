/** The connections of one JavaScript thread, served by a loop inside its own event loop. */

import { dispatcher, type OnHandlerError } from './dispatch.ts';
import { onEvent } from './exchanges.ts';
import { loops, type NativeLoop } from './native-loops.ts';
import { type LoopOptions, nativeOptions } from './options.ts';
import type { Routes } from './routes.ts';

export interface LoopParts {
  /** The number of the server whose connections it serves. */
  readonly server: number;
  readonly routes: Routes;
  readonly options: LoopOptions;
  readonly onError: OnHandlerError;
}

export class Loop {
  private readonly native: NativeLoop;
  private drained: Promise<void> | null = null;

  /** Errors: throws ENOENT if the root is missing, and for invalid routes. */
  constructor({ server, routes, options, onError }: LoopParts) {
    const { all } = routes;
    this.native = new loops.Loop(
      server,
      { ...options, ...nativeOptions(options) },
      all.map(({ method, path, maxBodyBytes }) => ({ method, path, maxBodyBytes })),
      { onRequest: dispatcher(all, onError), onEvent },
    );
  }

  /** Accepts from the server's sockets; each shard has its own. */
  listen(shard = 0): void {
    this.native.listen(shard);
  }

  /** Serves connections from the server's dispatcher. */
  join(): void {
    this.native.join();
  }

  /** Stops accepting, finishes pending requests, and ends the loop. */
  drain(): Promise<void> {
    this.drained ??= this.drainOnce();
    return this.drained;
  }

  /** Continues in a new file after the current one was renamed. */
  reopenAccessLog(): void {
    this.native.reopenAccessLog();
  }

  private async drainOnce(): Promise<void> {
    await new Promise<void>((drained) => this.native.drain(drained));
    this.native.close();
  }
}

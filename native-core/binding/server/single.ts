/** One loop on this thread does all five steps for every connection. */

import type { OnHandlerError } from './dispatch.ts';
import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import { Loop } from './loop.ts';
import type { ServerOptions } from './options.ts';
import type { Routes } from './routes.ts';
import type { Server } from './server.ts';

export interface SingleParts {
  readonly routes: Routes;
  readonly trigger: 'edge' | 'level';
  readonly options: ServerOptions;
  readonly onError: OnHandlerError;
}

export class Single implements Server {
  private readonly listeners: Listeners;
  private readonly loop: Loop;

  /** Listens and serves. Errors: those of `openListeners` and Loop. */
  constructor({ options, ...parts }: SingleParts) {
    this.listeners = openListeners(options, { loops: 1, sharded: false });
    try {
      this.loop = new Loop({ ...parts, server: this.listeners.server, options });
      this.loop.listen();
    } catch (error) {
      closeListeners(this.listeners);
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
    closeListeners(this.listeners);
    await this.loop.drain();
  }

  reopenLogs(): void {
    this.loop.reopenAccessLog();
  }
}

/** One loop on this thread does all five steps for every connection. */

import type { OnHandlerError } from './dispatch.ts';
import { closeListeners, type Listeners, openListeners } from './listeners.ts';
import { Loop } from './loop.ts';
import type { ServerOptions } from './options.ts';
import type { Routes } from './routes.ts';
import type { Server, Starting } from './server.ts';

export interface SingleParts extends Starting {
  readonly routes: Routes;
  readonly options: ServerOptions;
  readonly onError: OnHandlerError;
}

/** Listens and serves. Errors: rejects with those of `openListeners` and Loop. */
export async function startSingle(given: SingleParts): Promise<Server> {
  const { options, onListening, ...parts } = given;
  const listeners = openListeners(options, { loops: 1, sharded: false });
  let loop: Loop | null = null;
  try {
    loop = new Loop({ ...parts, server: listeners.server, options });
    // Connections come with the next turn of this thread.
    loop.listen();
    onListening?.();
    return serverOf(listeners, loop);
  } catch (error) {
    closeListeners(listeners);
    await loop?.drain();
    throw error;
  }
}

function serverOf(listeners: Listeners, loop: Loop): Server {
  return {
    ...listeners,
    drain: async () => {
      closeListeners(listeners);
      await loop.drain();
      return [];
    },
    reopenLogs: () => loop.reopenAccessLog(),
    change: () => {},
  };
}

/** One loop on this thread does all five steps for every connection. */

import type { OnHandlerError } from './dispatch.ts';
import { closeListeners, openListeners } from './listeners.ts';
import { Loop } from './loop.ts';
import type { ServerOptions } from './options.ts';
import type { Routes } from './routes.ts';
import type { Server } from './server.ts';

export interface SingleParts {
  readonly routes: Routes;
  readonly options: ServerOptions;
  readonly onError: OnHandlerError;
}

/** Listens and serves. Errors: rejects with those of `openListeners` and Loop. */
export async function startSingle({ options, ...parts }: SingleParts): Promise<Server> {
  const listeners = openListeners(options, { loops: 1, sharded: false });
  try {
    const loop = new Loop({ ...parts, server: listeners.server, options });
    loop.listen();
    return {
      ...listeners,
      drain: async () => {
        closeListeners(listeners);
        await loop.drain();
        return [];
      },
      reopenLogs: () => loop.reopenAccessLog(),
    };
  } catch (error) {
    closeListeners(listeners);
    throw error;
  }
}

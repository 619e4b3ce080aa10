/** The logic of a server with a request queue: this thread processes what native threads queue. */

import { dispatcher, type OnHandlerError } from './dispatch.ts';
import { onEvent } from './exchanges.ts';
import { type NativeWorker, queue } from './native-queue.ts';
import type { Routes } from './routes.ts';

export interface QueueLogicParts {
  /** The number of the server whose requests it processes. */
  readonly server: number;
  readonly routes: Routes;
  readonly onError: OnHandlerError;
}

/** Takes requests until it is closed. Errors: throws for invalid routes. */
export function processQueue({ server, routes, onError }: QueueLogicParts): NativeWorker {
  const { all } = routes;
  return new queue.Worker(
    server,
    all.map(({ method, path, maxBodyBytes }) => ({ method, path, maxBodyBytes })),
    { onRequest: dispatcher(all, onError), onEvent },
  );
}

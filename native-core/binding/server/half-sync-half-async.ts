/**
 * The main thread only accepts, natively, and dispatches each connection through a pipe to one of
 * the worker threads, each of which runs its own loop inside its JavaScript event loop. A single
 * worker accepts by itself: a hand-over would only cost a wake-up.
 */

import { loops } from './native-loops.ts';
import type { ServerOptions } from './options.ts';
import type { Server } from './server.ts';
import { serveByWorkers, type WorkerServerParts } from './worker-server.ts';

/** Resolves when all workers serve. Errors: those of `serveByWorkers`. */
export function startHalfSyncHalfAsync<Config extends ServerOptions>(
  parts: WorkerServerParts<Config>,
): Promise<Server> {
  const isAlone = parts.size === 1;
  return serveByWorkers(parts, isAlone ? null : ({ server }) => new loops.Dispatcher(server));
}

/**
 * The main thread only accepts, natively, and dispatches each connection through a pipe to one of
 * the worker threads, each of which has a loop of its own inside of its JavaScript event loop.
 */

import { loops } from './native-loops.ts';
import type { ServerOptions } from './options.ts';
import type { Server } from './server.ts';
import { serveByWorkers, type WorkerServerParts } from './worker-server.ts';

/** Resolves when all workers serve. Errors: those of `serveByWorkers`. */
export function startHalfSyncHalfAsync<Config extends ServerOptions>(
  parts: WorkerServerParts<Config>,
): Promise<Server> {
  return serveByWorkers(parts, ({ server }) => new loops.Dispatcher(server));
}

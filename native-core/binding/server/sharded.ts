/**
 * Every worker thread is a whole server: its own listening socket on the same port (SO_REUSEPORT,
 * the kernel spreads connections) and a loop inside its JavaScript event loop.
 */

import type { ServerOptions } from './options.ts';
import type { Server } from './server.ts';
import { serveByWorkers, type WorkerServerParts } from './worker-server.ts';

/** Resolves when all workers serve. Errors: those of `serveByWorkers`. */
export function startSharded<Config extends ServerOptions>(
  parts: WorkerServerParts<Config>,
): Promise<Server> {
  return serveByWorkers(parts, null);
}

/**
 * A native thread of this process only accepts, and passes each connection (SCM_RIGHTS) to the
 * child process with the fewest, which serves it.
 */

import type { ServerOptions } from './options.ts';
import { type ProcessServer, type ProcessServerParts, serveByProcesses } from './process-server.ts';

/** Resolves when all processes serve. Errors: those of `serveByProcesses`. */
export function startHalfSyncHalfAsync<Config extends ServerOptions>(
  parts: ProcessServerParts<Config>,
): Promise<ProcessServer> {
  return serveByProcesses(parts, false);
}

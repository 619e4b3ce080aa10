/**
 * Every child process is a whole server, with a listening socket of its own on the same port
 * (SO_REUSEPORT, the kernel spreads connections), which outlives it here for its replacement.
 */

import type { ServerOptions } from './options.ts';
import { type ProcessServer, type ProcessServerParts, serveByProcesses } from './process-server.ts';

/** Resolves when all processes serve. Errors: those of `serveByProcesses`. */
export function startSharded<Config extends ServerOptions>(
  parts: ProcessServerParts<Config>,
): Promise<ProcessServer> {
  return serveByProcesses(parts, true);
}

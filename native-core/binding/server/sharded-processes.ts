/**
 * Every child process is a whole server, with its own listening socket on the same port
 * (SO_REUSEPORT, the kernel spreads connections); this process keeps the socket for a replacement.
 */

import type { ServerOptions } from './options.ts';
import { type ProcessServer, type ProcessServerParts, serveByProcesses } from './process-server.ts';

/** Resolves when all processes serve. Errors: those of `serveByProcesses`. */
export function startSharded<Config extends ServerOptions>(
  parts: ProcessServerParts<Config>,
): Promise<ProcessServer> {
  return serveByProcesses(parts, true);
}

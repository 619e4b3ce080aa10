/**
 * Where a server listens: the sockets belong to the process, and the server's loops take them from
 * it.
 */

import { loops } from './native-loops.ts';
import { type ListenOptions, nativeLimit } from './options.ts';
import { urlOf } from './server.ts';

export interface Listeners {
  /** The number by which loops and dispatchers on any thread find the sockets. */
  readonly server: number;
  readonly urls: readonly string[];
  readonly warnings: readonly string[];
}

export interface Loops {
  readonly loops: number;
  /** Whether each loop accepts from its own sockets. */
  readonly sharded: boolean;
}

/**
 * Listens for that many loops.
 * Errors: throws EADDRINUSE, EACCES, EADDRNOTAVAIL and others, each saying what to do next.
 */
export function openListeners(options: ListenOptions, spread: Loops): Listeners {
  const { listen, backlog } = options;
  const maxConnections = nativeLimit(options.maxConnections);
  const { id, addresses, warnings } = loops.openServer({
    ...{ listen, backlog, maxConnections },
    ...spread,
  });
  return { server: id, urls: addresses.map(urlOf), warnings };
}

/** Leaves the sockets to the loops that have taken them. */
export function closeListeners({ server }: Listeners): void {
  loops.closeServer(server);
}

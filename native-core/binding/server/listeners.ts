/** Where a server listens: its sockets belong to the process, and its loops take them there. */

import { native } from './native.ts';
import type { ListenOptions } from './options.ts';

export interface Listeners {
  /** The number by which loops and dispatchers of any thread find the sockets. */
  readonly server: number;
  /** What a client would open, with the real ports: `http://127.0.0.1:8080`. */
  readonly urls: readonly string[];
  /** What the log should say: options that this machine does not honour as they stand. */
  readonly warnings: readonly string[];
}

export interface Loops {
  readonly loops: number;
  /** Whether each accepts from sockets of its own. */
  readonly sharded: boolean;
}

/**
 * Listens for so many loops.
 * Errors: throws EADDRINUSE, EACCES, EADDRNOTAVAIL and others, each with what to do next.
 */
export function openListeners(options: ListenOptions, { loops, sharded }: Loops): Listeners {
  const { listen, backlog, maxConnections } = options;
  const { id, addresses, warnings } = native.openServer({
    listen,
    backlog,
    loops,
    sharded,
    maxConnections: maxConnections === 'auto' ? native.connectionLimit() : maxConnections,
  });
  return { server: id, urls: addresses.map(urlOf), warnings };
}

/** Leaves the sockets to the loops that have taken them. */
export function closeListeners({ server }: Listeners): void {
  native.closeServer(server);
}

function urlOf(address: string): string {
  return address.startsWith('unix:') ? address : `http://${address}`;
}

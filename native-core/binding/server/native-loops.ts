/** The classes of an addon whose loops run on JavaScript threads, inside of libuv's loop. */

import { addon, type NativeCalls, type NativeRoute } from './native.ts';
import type { LoopOptions } from './options.ts';

export interface NativeListenOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** How many loops serve. */
  readonly loops: number;
  /** Whether each accepts by itself: they share each port by SO_REUSEPORT then. */
  readonly sharded: boolean;
  /** Of all loops together; 0: as many as RLIMIT_NOFILE allows, less a reserve. */
  readonly maxConnections: number;
}

/** What the threads of one server share: they find it by its number. */
export interface NativeServer {
  readonly id: number;
  /** With the real ports. */
  readonly addresses: readonly string[];
  /** What the log should say: options that this machine does not honour as they stand. */
  readonly warnings: readonly string[];
}

/** What a loop is given: absolute paths; an empty one for none. */
export interface NativeLoopOptions extends Omit<LoopOptions, 'accessLog' | 'maxBufferedBytes'> {
  readonly accessLog: string;
  readonly maxBufferedBytes: number;
}

/** Serves connections on the thread that made it, until it is closed. */
export interface NativeLoop {
  /** Accepts from this shard of the server's sockets. */
  readonly listen: (shard: number) => void;
  /** Serves what a dispatcher on another thread hands over. */
  readonly join: () => void;
  /** Stops accepting, finishes what is under way, then calls back; `drainTimeoutMs` at most. */
  readonly drain: (onDrained: () => void) => void;
  /** Ends every connection now, and the loop. */
  readonly close: () => void;
  /** Goes on in a new file, after the present one was renamed. */
  readonly reopenAccessLog: () => void;
}

/** Accepts on the thread that made it, and hands connections to the loops that have joined. */
export interface NativeDispatcher {
  /** Dispatches what the backlog holds, then stops listening. */
  readonly close: () => void;
}

interface NativeLoops {
  /** Listens. Errors: throws EADDRINUSE, EACCES and others, each with what to do next. */
  readonly openServer: (options: NativeListenOptions) => NativeServer;
  /** Leaves the sockets to the loops that have taken them. */
  readonly closeServer: (server: number) => void;
  readonly Loop: new (
    server: number,
    options: NativeLoopOptions,
    routes: readonly NativeRoute[],
    calls: NativeCalls,
  ) => NativeLoop;
  readonly Dispatcher: new (server: number) => NativeDispatcher;
}

export const loops: NativeLoops = addon as NativeLoops;

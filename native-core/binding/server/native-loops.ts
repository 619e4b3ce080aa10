/** The classes of an addon whose loops run on JavaScript threads, inside libuv's loop. */

import { addon, type NativeCalls, type NativeRoute } from './native.ts';
import type { LoopOptions } from './options.ts';

export interface NativeListenOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** How many loops serve. */
  readonly loops: number;
  /** Whether each loop accepts by itself; they then share each port by SO_REUSEPORT. */
  readonly sharded: boolean;
  /** For all loops together; 0: as many as RLIMIT_NOFILE allows, minus a reserve. */
  readonly maxConnections: number;
}

/** What the threads of one server share; they find it by its number. */
export interface NativeServer {
  readonly id: number;
  /** With the actual ports. */
  readonly addresses: readonly string[];
  /** Warnings for the log: options that this machine can't fully honour. */
  readonly warnings: readonly string[];
}

/** A loop's options: paths are absolute; an empty one means none. */
export interface NativeLoopOptions extends Omit<LoopOptions, 'accessLog' | 'maxBufferedBytes'> {
  readonly accessLog: string;
  readonly maxBufferedBytes: number;
}

/** Serves connections on the thread that created it, until it is closed. */
export interface NativeLoop {
  /** Accepts from this shard of the server's sockets. */
  readonly listen: (shard: number) => void;
  /** Serves connections from a dispatcher on another thread. */
  readonly join: () => void;
  /** Stops accepting, finishes pending requests, then calls back; within `drainTimeoutMs`. */
  readonly drain: (onDrained: () => void) => void;
  /** Closes every connection now, and ends the loop. */
  readonly close: () => void;
  /** Continues in a new file after the current one was renamed. */
  readonly reopenAccessLog: () => void;
}

/** Accepts on the thread that created it, and passes connections to the loops that have joined. */
export interface NativeDispatcher {
  /** Dispatches the backlog, then stops listening. */
  readonly close: () => void;
}

interface NativeLoops {
  /** Listens. Errors: throws EADDRINUSE, EACCES and others, each saying what to do next. */
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

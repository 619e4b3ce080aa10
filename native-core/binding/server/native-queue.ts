/** The classes of an addon whose native threads do all I/O, and queue requests for JavaScript. */

import { addon, type NativeCalls, type NativeRoute } from './native.ts';
import type { LoopOptions } from './options.ts';

/** A native server's options: paths are absolute; an empty one means none. */
export interface NativeServerOptions extends Omit<LoopOptions, 'accessLog'> {
  readonly accessLog: string;
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** 0: as many as RLIMIT_NOFILE allows, minus a reserve. */
  readonly maxConnections: number;
  /** Native threads, depending on the architecture. */
  readonly workers: number;
  /** Requests that may wait for a JavaScript thread; further ones get 503. */
  readonly queueCapacity: number;
}

/** Listens from its start; serves, on threads of its own, between `run` and the end of `drain`. */
export interface NativeServer {
  /** The number by which workers on other threads find it. */
  readonly id: number;
  /** With the actual ports. */
  readonly addresses: readonly string[];
  /** Warnings for the log: options that this machine can't fully honour. */
  readonly warnings: readonly string[];
  /** Calls back once, when everything is over: with null after a drain, else with the error. */
  readonly run: (onEnded: (error: Error | null) => void) => void;
  /** Stops accepting and finishes pending requests; within `drainTimeoutMs`. */
  readonly drain: () => void;
  /** Closes every connection now. */
  readonly close: () => void;
  /** Continues in a new file after the current one was renamed. */
  readonly reopenAccessLog: () => void;
}

/** Processes requests from a server's queue on the thread that created it, until it is closed. */
export interface NativeWorker {
  readonly close: () => void;
}

interface NativeQueue {
  /** Errors: throws EADDRINUSE, EACCES and others, each saying what to do next. */
  readonly Server: new (
    options: NativeServerOptions,
  ) => NativeServer;
  /** Errors: throws for routes that are invalid, or differ from other workers'. */
  readonly Worker: new (
    server: number,
    routes: readonly NativeRoute[],
    calls: NativeCalls,
  ) => NativeWorker;
}

export const queue: NativeQueue = addon as NativeQueue;

/** The classes of an addon whose native threads do all I/O, and queue requests for JavaScript. */

import { addon, type NativeCalls, type NativeRoute } from './native.ts';
import type { LoopOptions } from './options.ts';

/** What a native server is given: absolute paths; an empty one for none. */
export interface NativeServerOptions extends Omit<LoopOptions, 'accessLog'> {
  readonly accessLog: string;
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** 0: as many as RLIMIT_NOFILE allows, less a reserve. */
  readonly maxConnections: number;
  /** Native threads, as the architecture has them. */
  readonly workers: number;
  /** Requests that wait for a JavaScript thread; further ones are answered 503. */
  readonly queueCapacity: number;
}

/** Listens from its start; serves, on threads of its own, between `run` and the end of `drain`. */
export interface NativeServer {
  /** The number by which workers on other threads find it. */
  readonly id: number;
  /** With the real ports. */
  readonly addresses: readonly string[];
  /** What the log should say: options that this machine does not honour as they stand. */
  readonly warnings: readonly string[];
  /** Calls back once, when all is over: with null after a drain, else with what went wrong. */
  readonly run: (onEnded: (error: Error | null) => void) => void;
  /** Stops accepting and finishes what is under way; `drainTimeoutMs` at most. */
  readonly drain: () => void;
  /** Ends every connection now. */
  readonly close: () => void;
  /** Goes on in a new file, after the present one was renamed. */
  readonly reopenAccessLog: () => void;
}

/** Processes requests from a server's queue on the thread that made it, until it is closed. */
export interface NativeWorker {
  readonly close: () => void;
}

interface NativeQueue {
  /** Errors: throws EADDRINUSE, EACCES and others, each with what to do next. */
  readonly Server: new (
    options: NativeServerOptions,
  ) => NativeServer;
  /** Errors: throws for routes that cannot be, or that differ from other workers'. */
  readonly Worker: new (
    server: number,
    routes: readonly NativeRoute[],
    calls: NativeCalls,
  ) => NativeWorker;
}

export const queue: NativeQueue = addon as NativeQueue;

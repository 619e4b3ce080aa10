/** The addon as JavaScript sees it: one crossing per thing, and numbers for identities. */

import { createRequire } from 'node:module';

/** One request and its answer, from the first call of its handler to its end. Never used again. */
export type ExchangeId = number;

/** What an exchange that was watched, paused or streamed reports later. */
export const ExchangeEvent = {
  /** More of the request's body can be read. */
  readable: 0,
  /** What was written has been sent: go on. */
  drained: 1,
  /** The answer is out. Nothing follows. */
  finished: 2,
  /** The client has gone first. Nothing follows. */
  gone: 3,
} as const;

export type ExchangeEvent = (typeof ExchangeEvent)[keyof typeof ExchangeEvent];

export interface NativeRoute {
  readonly method: string;
  readonly path: string;
}

export interface NativeCalls {
  /** A request has come for the route with this index. Must not throw. */
  readonly onRequest: (route: number, exchange: ExchangeId) => void;
  /** Must not throw. */
  readonly onEvent: (exchange: ExchangeId, event: ExchangeEvent) => void;
}

/** What a loop is given; sizes in bytes, times in milliseconds. */
export interface NativeLoopOptions {
  readonly trigger: 'edge' | 'level';
  /** The folder of static files: absolute. */
  readonly root: string;
  readonly headerTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** Where a line per answer goes; empty: nowhere. */
  readonly accessLog: string;
}

export interface NativeServerOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** How many loops serve. */
  readonly loops: number;
  /** Whether each accepts by itself: they share each port by SO_REUSEPORT then. */
  readonly sharded: boolean;
  /** Of all loops together. */
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
  readonly reopenAccessLog: () => void;
}

/** Accepts on the thread that made it, for loops on others. */
export interface NativeDispatcher {
  /** Hands over what the backlog holds, then stops listening. */
  readonly close: () => void;
}

export interface Native {
  readonly openServer: (options: NativeServerOptions) => NativeServer;
  /** The loops alone hold the sockets from here on; no loop can be added. */
  readonly closeServer: (server: number) => void;
  /** As many connections as this process may have open: raises RLIMIT_NOFILE, keeps a reserve. */
  readonly connectionLimit: () => number;
  readonly Loop: new (
    server: number,
    options: NativeLoopOptions,
    routes: readonly NativeRoute[],
    calls: NativeCalls,
  ) => NativeLoop;
  readonly Dispatcher: new (server: number) => NativeDispatcher;

  // Reading a request. All of them answer `undefined` once the exchange is over.
  readonly method: (exchange: ExchangeId) => string | undefined;
  readonly target: (exchange: ExchangeId) => string | undefined;
  readonly peer: (exchange: ExchangeId) => string | undefined;
  /** `null` where there is none. */
  readonly header: (exchange: ExchangeId, name: string) => string | null | undefined;
  /** Decoded; `null` where an escape is malformed. */
  readonly param: (exchange: ExchangeId, name: string) => string | null | undefined;
  /**
   * A piece of the body; `null` at its end; `undefined` when none is here yet (or never will be).
   */
  readonly read: (exchange: ExchangeId) => Uint8Array | null | undefined;

  /** Reports `finished` or `gone` later; false when the exchange is over already. */
  readonly watch: (exchange: ExchangeId) => boolean;

  // Answering. False when the client has gone: there is nothing left to do.
  readonly send: (
    exchange: ExchangeId,
    status: number,
    type: string,
    body: string | Uint8Array,
    fields: readonly string[] | null,
  ) => boolean;
  readonly sendFile: (
    exchange: ExchangeId,
    path: string,
    root: string | null,
    fields: readonly string[] | null,
  ) => boolean;
  /** A negative length: not known yet. */
  readonly begin: (
    exchange: ExchangeId,
    status: number,
    type: string,
    fields: readonly string[] | null,
    length: number,
  ) => boolean;
  /** `null`: the client has gone; false: wait for `drained` before the next. */
  readonly write: (exchange: ExchangeId, chunk: string | Uint8Array) => boolean | null;
  readonly end: (exchange: ExchangeId) => boolean;
  /** Closes the connection: the answer cannot be completed honestly. */
  readonly abort: (exchange: ExchangeId) => void;
}

const require: NodeJS.Require = createRequire(import.meta.url);

export const native: Native = require('../../build/Release/server.node') as Native;

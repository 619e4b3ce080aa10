/** A server's options; sizes in bytes, times in milliseconds. */

import { totalmem } from 'node:os';

export interface LoopOptions {
  /** The folder of static files, which answers requests that no route matches. */
  readonly root: string;
  /** How long a request's head may take to complete, however many bytes come (slow-loris). */
  readonly headerTimeoutMs: number;
  /** How long a request's body may pause. */
  readonly bodyTimeoutMs: number;
  /**
   * The minimum rate of a body in bytes per second, once waits for it add up to `bodyTimeoutMs`.
   */
  readonly minBodyRate: number;
  /** A connection without a request is closed after this time. */
  readonly idleTimeoutMs: number;
  /** How long a client may pause while reading its answer. */
  readonly writeTimeoutMs: number;
  /** How long a handler may take to begin its answer before its client gets a 503; 0: no limit. */
  readonly handlerTimeoutMs: number;
  /** Whether a client that closes its side while a handler works still waits for the answer. */
  readonly halfClose: 'serve' | 'abort';
  /** What is still pending this long after a drain began is cut off. */
  readonly drainTimeoutMs: number;
  /** A request line with a longer target gets 414; up to 32 KiB. */
  readonly maxTargetBytes: number;
  /** A longer head, including its request line, gets 431; up to 65,535. */
  readonly maxHeadBytes: number;
  /** More header fields get 431; up to 256. */
  readonly maxFields: number;
  /** A larger body gets 413, unless its route has another limit. */
  readonly maxBodyBytes: number;
  /** How much a stream may write ahead of its client; beyond that, it is cut off. */
  readonly maxUnsentBytes: number;
  /**
   * Limits all bodies and unread answers of a process together; a further body gets 503. `auto`: a
   * quarter of the memory of the machine, or of its container.
   */
  readonly maxBufferedBytes: number | 'auto';
  /** Where each answer is logged: a file, or a word that the addon knows; null: nowhere. */
  readonly accessLog: string | null;
}

export interface ListenOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`; port 0 means any. */
  readonly listen: readonly string[];
  /** How many connections may wait to be accepted. */
  readonly backlog: number;
  /** Further connections get 503; `auto`: as many as RLIMIT_NOFILE allows, minus a reserve. */
  readonly maxConnections: number | 'auto';
}

/** For servers whose native threads queue requests for JavaScript threads. */
export interface QueueOptions {
  /** Requests that may wait for a JavaScript thread; further ones get 503. */
  readonly queueCapacity: number;
}

export interface ServerOptions extends LoopOptions, ListenOptions {}

/** What `auto` means to the core, which counts descriptors itself. */
export function nativeLimit(maxConnections: number | 'auto'): number {
  return maxConnections === 'auto' ? 0 : maxConnections;
}

/** How many bytes all connections of one of `processes` processes may buffer. */
export function memoryOf(maxBufferedBytes: number | 'auto', processes = 1): number {
  const limits = [totalmem(), process.constrainedMemory()].filter((bytes) => bytes > 0);
  const bytes = maxBufferedBytes === 'auto' ? Math.min(...limits) / 4 : maxBufferedBytes;
  return Math.ceil(bytes / processes);
}

/** Converts options for the core: absolute paths, an empty one for none, and numbers. */
export function nativeOptions({ root, accessLog, maxBufferedBytes }: LoopOptions): {
  readonly root: string;
  readonly accessLog: string;
  readonly maxBufferedBytes: number;
} {
  return {
    root,
    accessLog: accessLog ?? '',
    maxBufferedBytes: memoryOf(maxBufferedBytes),
  };
}

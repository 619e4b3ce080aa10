/** What a server is told; sizes in bytes, times in milliseconds. */

import { totalmem } from 'node:os';

export interface LoopOptions {
  /** The folder of static files: what no route matches is looked for here. */
  readonly root: string;
  /** A request's head must be complete after so long, however many bytes come (slow-loris). */
  readonly headerTimeoutMs: number;
  /** A request's body must go on within so long. */
  readonly bodyTimeoutMs: number;
  /** Once it was waited for that long in all, it must have come as fast, in bytes per second. */
  readonly minBodyRate: number;
  /** A connection without a request is closed after so long. */
  readonly idleTimeoutMs: number;
  /** A client must go on reading its answer within so long. */
  readonly writeTimeoutMs: number;
  /** A handler must begin its answer within so long, or its client gets a 503; 0: for ever. */
  readonly handlerTimeoutMs: number;
  /** Whether a client that closes its side while a handler works still waits for the answer. */
  readonly halfClose: 'serve' | 'abort';
  /** What is under way so long after a drain began is cut off. */
  readonly drainTimeoutMs: number;
  /** A longer request line, its target that is, is refused with 414; up to 32 KiB. */
  readonly maxTargetBytes: number;
  /** A longer head is refused with 431, its request line included; up to 65,535. */
  readonly maxHeadBytes: number;
  /** Further header fields are refused with 431; up to 256. */
  readonly maxFields: number;
  /** Bigger bodies are refused with 413, where a route says nothing else. */
  readonly maxBodyBytes: number;
  /** What a stream has written and its client has yet to read; beyond, it is cut off. */
  readonly maxUnsentBytes: number;
  /**
   * Of all bodies and unread answers of a process together; a further body is answered 503. `auto`:
   * a quarter of the memory that the machine, or its container, has.
   */
  readonly maxBufferedBytes: number | 'auto';
  /** Where each answer gets a line: a file, or a word for what the addon knows; null: nowhere. */
  readonly accessLog: string | null;
}

export interface ListenOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`; port 0 is any. */
  readonly listen: readonly string[];
  /** How many connections may wait to be accepted. */
  readonly backlog: number;
  /** Further ones are answered 503; `auto`: as many as RLIMIT_NOFILE allows, less a reserve. */
  readonly maxConnections: number | 'auto';
}

/** Of servers whose native threads queue requests for JavaScript threads. */
export interface QueueOptions {
  /** Requests that wait for a JavaScript thread; further ones are answered 503. */
  readonly queueCapacity: number;
}

export interface ServerOptions extends LoopOptions, ListenOptions {}

/** What the core is told for `auto`: it counts descriptors itself. */
export function nativeLimit(maxConnections: number | 'auto'): number {
  return maxConnections === 'auto' ? 0 : maxConnections;
}

/** The bytes that all connections may buffer, shared by so many processes. */
export function memoryOf(maxBufferedBytes: number | 'auto', processes = 1): number {
  const limits = [totalmem(), process.constrainedMemory()].filter((bytes) => bytes > 0);
  const bytes = maxBufferedBytes === 'auto' ? Math.min(...limits) / 4 : maxBufferedBytes;
  return Math.ceil(bytes / processes);
}

/** What the core wants otherwise: an absolute path, an empty one for none, and numbers. */
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

/** The functions of an addon that counts, and answers administrators on a thread of its own. */

import { addon } from './native.ts';

/** One of the five steps, and what executes it. */
export interface StepFacts {
  readonly step: string;
  readonly executor: string;
  readonly call: string;
}

export interface NativeAdminOptions {
  /** Where it listens: `unix:/run/name.sock`, `127.0.0.1:9090`. */
  readonly admin: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly steps: readonly StepFacts[];
  /** 0: as many as RLIMIT_NOFILE allows, minus a reserve. */
  readonly maxConnections: number;
  /** The allowed log levels. */
  readonly logLevels: readonly string[];
}

interface NativeAdmin {
  /**
   * Answers health checks and other administrative requests until the process exits; never waits
   * for JavaScript. Returns the actual address. Errors: throws EADDRINUSE, EACCES and others, each
   * saying what to do next.
   */
  readonly serveAdmin: (options: NativeAdminOptions) => string;
  /** Calls `onLevel` whenever an administrator has changed the log level. The main thread. */
  readonly hearLogLevel: (onLevel: (level: string) => void) => void;
  /** From now on the server reports that it isn't ready. */
  readonly noteEnd: () => void;
  /** A failed worker is being replaced. */
  readonly noteRestart: () => void;
}

export const nativeAdmin: NativeAdmin = addon as NativeAdmin;

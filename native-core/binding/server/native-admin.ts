/** The functions of an addon that counts, and has a thread answer who asks for it. */

import { addon } from './native.ts';

/** One of the five steps, and who takes it. */
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
  /** 0: as many as RLIMIT_NOFILE allows, less a reserve. */
  readonly maxConnections: number;
  /** What the log's level may be changed to. */
  readonly logLevels: readonly string[];
}

interface NativeAdmin {
  /**
   * Answers health checks and the like, until the process ends: never waits for JavaScript. The
   * real address. Errors: throws EADDRINUSE, EACCES and others, each with what to do next.
   */
  readonly serveAdmin: (options: NativeAdminOptions) => string;
  /** Calls `onLevel` whenever an administrator has changed the log's level. The main thread. */
  readonly hearLogLevel: (onLevel: (level: string) => void) => void;
  /** From now on it says that the server is not ready. */
  readonly noteEnd: () => void;
  /** A worker that has failed is replaced. */
  readonly noteRestart: () => void;
}

export const nativeAdmin: NativeAdmin = addon as NativeAdmin;

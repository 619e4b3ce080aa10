/** What every concurrency model offers to a program's main. */

import type { Changes } from './worker-set.ts';

export interface Server {
  /** What a client would open, with the actual ports: `http://127.0.0.1:8080`. */
  readonly urls: readonly string[];
  /** Warnings for the log: options that this machine can't fully honour. */
  readonly warnings: readonly string[];
  /**
   * Accepts waiting connections, finishes pending requests, and closes the rest after the drain
   * timeout. Resolves with an error for each worker that has failed meanwhile, or had to be ended.
   */
  drain(): Promise<readonly unknown[]>;
  /** Continues in new files after the current ones were renamed. */
  reopenLogs(): void;
  /** Passes changed settings on to the workers, if there are any. */
  change(changes: Changes): void;
}

/** The running server, for code that changes it. */
export interface Running<Log = unknown> {
  readonly server: Server;
  readonly log: Log;
}

export interface Starting {
  /**
   * Called once it listens, before workers start and clients are served, so it isn't async. If it
   * throws, the start fails.
   */
  readonly onListening?: () => void;
}

/** What a client would open: `http://127.0.0.1:8080`. */
export function urlOf(address: string): string {
  return address.startsWith('unix:') ? address : `http://${address}`;
}

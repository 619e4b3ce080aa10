/** What every concurrency model offers to a program's main. */

import type { Changes } from './worker-set.ts';

export interface Server {
  /** What a client would open, with the real ports: `http://127.0.0.1:8080`. */
  readonly urls: readonly string[];
  /** What the log should say: options that this machine does not honour as they stand. */
  readonly warnings: readonly string[];
  /**
   * Accepts what waits, finishes what is under way, closes the rest after the drain timeout.
   * Resolves with an error for each worker that has failed meanwhile, or that had to be ended then.
   */
  drain(): Promise<readonly unknown[]>;
  /** Goes on in new files, after the present ones were renamed. */
  reopenLogs(): void;
  /** Tells the workers, if there are any, of settings that have changed. */
  change(changes: Changes): void;
}

/** What runs, for those who change it. */
export interface Running<Log = unknown> {
  readonly server: Server;
  readonly log: Log;
}

export interface Starting {
  /**
   * Called once it listens, before workers are started and anybody is served: it is not async. What
   * it throws ends the start.
   */
  readonly onListening?: () => void;
}

/** What a client would open: `http://127.0.0.1:8080`. */
export function urlOf(address: string): string {
  return address.startsWith('unix:') ? address : `http://${address}`;
}

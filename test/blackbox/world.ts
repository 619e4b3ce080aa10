/** What a check gets to see, and how checks are grouped. */

import type { Running } from './server.ts';
import type { Address } from './wire.ts';

export interface World {
  /** The shared server: started with `sharedFlags`, and without deadlines; see `launch`. */
  readonly address: Address;
  /** The directory that the shared server serves; see `public-tree.ts`. */
  readonly root: string;
  /** These three: see `Target`. */
  readonly hasWorkers: boolean;
  readonly capacity: number;
  readonly blocks: boolean;
  /** Starts one more server of the same kind; the suite stops it if the check doesn't. */
  readonly launch: (flags: readonly string[], options?: LaunchOptions) => Promise<Running>;
  /** Runs the server's command to its end, for flags that don't serve. */
  readonly execute: (flags: readonly string[]) => Promise<Finished>;
}

export interface LaunchOptions {
  /** Default `127.0.0.1:0`. */
  readonly listen?: string;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Check {
  readonly name: string;
  /** How many connections it needs at the same time; default 1. */
  readonly connections?: number;
  /**
   * True where one server of each language is enough: it costs much, or the architecture has little
   * part in it.
   */
  readonly sampled?: boolean;
  /** Resolves, or rejects with what was seen. */
  readonly run: (world: World) => Promise<void>;
}

/** As many as wanted, or as this server can hold at once. */
export function atOnce(world: World, wanted: number): number {
  return Math.min(wanted, world.capacity);
}

export interface Group {
  readonly name: string;
  /** True when the checks start servers of their own, so that a URL alone isn't enough. */
  readonly ownServers: boolean;
  /** True when the checks measure a whole machine's worth, so that they run one at a time. */
  readonly serial: boolean;
  readonly checks: readonly Check[];
}

/** The largest body that the shared server takes. */
export const maxBodyBytes = 1_048_576;

/** Flags of the shared server. */
export function sharedFlags(root: string): readonly string[] {
  return [
    ...['--root', root],
    ...['--max-body-bytes', String(maxBodyBytes)],
    ...['--max-connections', '4096'],
  ];
}

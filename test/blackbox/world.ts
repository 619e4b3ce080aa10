/** What a check has access to, and how checks are grouped. */

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
  /** Runs the server's command to completion, for flags that don't serve. */
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
   * True if one server of each language is enough: the check is costly, or hardly depends on the
   * architecture.
   */
  readonly sampled?: boolean;
  /** Resolves, or rejects with what was seen. */
  readonly run: (world: World) => Promise<void>;
}

/** The wanted number, or as many connections as this server can hold at the same time. */
export function atOnce(world: World, wanted: number): number {
  return Math.min(wanted, world.capacity);
}

export interface Group {
  readonly name: string;
  /** True if the checks start their own servers, so a URL alone isn't enough. */
  readonly ownServers: boolean;
  /** True if the checks need the whole machine, so they run one at a time. */
  readonly serial: boolean;
  readonly checks: readonly Check[];
}

/** The largest body the shared server accepts. */
export const maxBodyBytes = 1_048_576;

/** Flags of the shared server. */
export function sharedFlags(root: string): readonly string[] {
  return [
    ...['--root', root],
    ...['--max-body-bytes', String(maxBodyBytes)],
    ...['--max-connections', '4096'],
  ];
}

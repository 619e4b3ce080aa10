/** The class through which a process has child processes serve. */

import { addon } from './native.ts';

/** How many connections one child process has open, and has accepted so far. */
export interface ProcessStatistics {
  readonly open: number;
  readonly accepted: number;
}

export interface NativeParentOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** 0: as many as RLIMIT_NOFILE allows, minus a reserve. */
  readonly maxConnections: number;
  readonly processes: number;
  /** Whether each child accepts by itself; else this process accepts, and passes connections on. */
  readonly sharded: boolean;
}

/** Listens from its start; children are identified by their index. */
export interface NativeParent {
  /** With the actual ports. */
  readonly addresses: readonly string[];
  /** Warnings for the log: options that this machine can't fully honour. */
  readonly warnings: readonly string[];
  /** The descriptors that the child must inherit, in this order. */
  readonly descriptors: (index: number) => readonly number[];
  /** The child has inherited its descriptors. */
  readonly started: (index: number) => void;
  /** The child accepts connections. */
  readonly serves: (index: number) => void;
  /** The child has ended. */
  readonly ended: (index: number) => void;
  /** Starts accepting, unless the children accept themselves. */
  readonly accept: () => void;
  /** Hands over the backlog, then stops listening, or leaves that to the children. */
  readonly close: () => void;
  /** The statistics of all children, by index. */
  readonly statistics: () => readonly ProcessStatistics[];
}

/** What a child tells the core about its parent; the descriptors are the child's own numbers. */
export interface NativeInheritance {
  readonly index: number;
  readonly processes: number;
  readonly sharded: boolean;
  readonly descriptors: readonly number[];
  /** Where the parent listens. */
  readonly addresses: readonly string[];
}

interface NativeProcesses {
  /** Errors: throws EADDRINUSE, EACCES and others, each saying what to do next. */
  readonly Parent: new (
    options: NativeParentOptions,
  ) => NativeParent;
  /**
   * In a child whose loop runs on its JavaScript thread: returns the number of the server to serve.
   */
  readonly adoptServer: (
    options: NativeInheritance & { readonly maxConnections: number },
  ) => number;
  /** In a child whose native threads serve: applies to the next `Server`. */
  readonly inherit: (inheritance: NativeInheritance) => void;
}

export const processes: NativeProcesses = addon as NativeProcesses;

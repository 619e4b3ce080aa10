/** The class by which an addon's process has child processes serve. */

import { addon } from './native.ts';

/** What one child process has open, and has accepted so far. */
export interface ProcessStatistics {
  readonly open: number;
  readonly accepted: number;
}

export interface NativeParentOptions {
  /** `127.0.0.1:8080`, `[::1]:8080`, `unix:/run/name.sock`, `unix:@name`. */
  readonly listen: readonly string[];
  readonly backlog: number;
  /** 0: as many as RLIMIT_NOFILE allows, less a reserve. */
  readonly maxConnections: number;
  readonly processes: number;
  /** Whether each accepts by itself; else connections are accepted here, and passed to them. */
  readonly sharded: boolean;
}

/** Listens from its start; its children are told apart by their index. */
export interface NativeParent {
  /** With the real ports. */
  readonly addresses: readonly string[];
  /** What the log should say: options that this machine does not honour as they stand. */
  readonly warnings: readonly string[];
  /** What the child is to inherit, in this order. */
  readonly descriptors: (index: number) => readonly number[];
  /** It has inherited them. */
  readonly started: (index: number) => void;
  /** It takes connections. */
  readonly serves: (index: number) => void;
  /** It is no more. */
  readonly ended: (index: number) => void;
  /** Accepts from now on, where the children do not do so themselves. */
  readonly accept: () => void;
  /** Hands over what the backlog holds, then leaves the listening to the children, if they do. */
  readonly close: () => void;
  /** Of all children, by their index. */
  readonly statistics: () => readonly ProcessStatistics[];
}

/** What a child tells the core of its parent; the descriptors are its own numbers. */
export interface NativeInheritance {
  readonly index: number;
  readonly processes: number;
  readonly sharded: boolean;
  readonly descriptors: readonly number[];
  /** Where the parent listens. */
  readonly addresses: readonly string[];
}

interface NativeProcesses {
  /** Errors: throws EADDRINUSE, EACCES and others, each with what to do next. */
  readonly Parent: new (
    options: NativeParentOptions,
  ) => NativeParent;
  /** In a child whose loop runs on its JavaScript thread: the number of the server to serve. */
  readonly adoptServer: (
    options: NativeInheritance & { readonly maxConnections: number },
  ) => number;
  /** In a child whose native threads serve: for the next `Server`. */
  readonly inherit: (inheritance: NativeInheritance) => void;
}

export const processes: NativeProcesses = addon as NativeProcesses;

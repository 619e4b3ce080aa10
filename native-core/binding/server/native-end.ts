/** The functions of the addon that end a process whose JavaScript doesn't return. */

import { addon } from './native.ts';

/** A line of the log, written without JavaScript: its time goes between the two parts. */
export interface LastWords {
  /** The log's file; empty: stderr. */
  readonly log: string;
  readonly beforeTime: string;
  readonly afterTime: string;
}

interface NativeEnd {
  /**
   * From now on the process exits at the deadline of a drain started by SIGTERM or SIGINT. Call it
   * once, after `process.on` for both. `parent` is the process to exit with; 0: there is none, and
   * a second signal exits at once.
   */
  readonly guardEnd: (
    options: LastWords & { readonly drainTimeoutMs: number; readonly parent: number },
  ) => void;
  /** JavaScript has begun to drain: it gets slightly longer than the deadline to end properly. */
  readonly heardEnd: () => void;
  /** Notices of native code for the log of this process since the last call. */
  readonly takeNotices: () => readonly string[];
  /** The log of this process has lost that many lines; counted if there are metrics. */
  readonly noteLostLines: (lineCount: number) => void;
}

export const processEnd: NativeEnd = addon as NativeEnd;

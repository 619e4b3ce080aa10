/** The functions of the addon that end a process whose JavaScript does not come back. */

import { addon } from './native.ts';

/** A line of a log, written where no JavaScript can be: its time goes between the two halves. */
export interface LastWords {
  /** The log's file; an empty one is stderr. */
  readonly log: string;
  readonly beforeTime: string;
  readonly afterTime: string;
}

interface NativeEnd {
  /**
   * From now on the process ends at the deadline of the drain that SIGTERM or SIGINT begin. Call it
   * once, behind `process.on` for both. `parent` is the process to end with; 0: there is none, and
   * a second signal ends at once.
   */
  readonly guardEnd: (
    options: LastWords & { readonly drainTimeoutMs: number; readonly parent: number },
  ) => void;
  /** JavaScript has begun to drain: it has a moment more than the deadline to end in order. */
  readonly heardEnd: () => void;
  /** What native code has to say in the log of this process since the last call. */
  readonly takeNotices: () => readonly string[];
  /** The log of this process has lost so many lines; counted where anybody counts. */
  readonly noteLostLines: (lineCount: number) => void;
}

export const processEnd: NativeEnd = addon as NativeEnd;

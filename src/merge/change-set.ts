/** What will happen to each file: a complete dry run, and the input of `disk/update`. */

export type Action =
  | 'create'
  | 'adopt'
  | 'update'
  | 'merge'
  /** Contains both sides, with markers: the conflict is unresolved. */
  | 'marked'
  | 'unchanged'
  /** The user's version is kept; `why` says instead of what. */
  | 'keep'
  | 'delete'
  | 'conflict';

export interface Change {
  /** The id of the file's intent. */
  readonly id: string;
  readonly path: string;
  /** The path it moves from, if it moves. */
  readonly from?: string;
  readonly action: Action;
  /** Size of the new content in bytes; of the old one if nothing new is written. */
  readonly bytes: number;
  /** The content to write; absent if nothing is written. */
  readonly text?: string;
  readonly mode: 0o644 | 0o755;
  readonly because: readonly string[];
  /** What a person should know about it: `edited here, and no longer generated`. */
  readonly why?: string;
  /** Only for `conflict`. */
  readonly conflict?: Conflict;
}

/** Why only the user can decide. */
export interface Conflict {
  /** One sentence: `both sides changed lines 12 to 15`. */
  readonly reason: string;
  /** What was written last; null if it never was. */
  readonly base: string | null;
  /** What is there now; null for anything but plain text. */
  readonly disk: string | null;
  /** What the generators produce. */
  readonly next: string;
  /** Both, with markers around the differences; null if that makes no sense. */
  readonly marked: string | null;
}

export type ChangeSet = readonly Change[];

/** What will happen to each file: a complete dry run, and the input of `disk/update`. */

export type Action =
  | 'create'
  | 'adopt'
  | 'update'
  | 'merge'
  /** Contains both sides, with markers: the conflict is unresolved. */
  | 'marked'
  | 'unchanged'
  /** The user's version is kept; `why` may give the reason. */
  | 'keep'
  | 'delete'
  | 'conflict';

export interface Change {
  /** The id of the generator's intent for this file. */
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
  /** What the user should know about it: `yours, kept in a conflict`. */
  readonly why?: string;
  /** Present only if the action is `conflict`. */
  readonly conflict?: Conflict;
}

/** A conflict that only the user can resolve, with the texts to decide on. */
export interface Conflict {
  /** One sentence: `both sides changed lines 12 to 15`. */
  readonly reason: string;
  /** The text that was written last; null if there is none. */
  readonly base: string | null;
  /** The text on the disk; null if it isn't plain text. */
  readonly disk: string | null;
  /** What the generators produce. */
  readonly next: string;
  /**
   * Both versions in one text, with markers around the differences; null if that makes no sense.
   */
  readonly marked: string | null;
}

export type ChangeSet = readonly Change[];

/** What will happen to each file: the whole of a dry run, and the input of `disk/update`. */

export type Action =
  | 'create'
  | 'adopt'
  | 'update'
  | 'merge'
  /** Both sides stand in it, with markers: the conflict is still there. */
  | 'marked'
  | 'unchanged'
  /** The user's version stands; `why` says against what. */
  | 'keep'
  | 'delete'
  | 'conflict';

export interface Change {
  /** The id of the file's intent. */
  readonly id: string;
  readonly path: string;
  /** Where it stood before, if it moves. */
  readonly from?: string;
  readonly action: Action;
  /** Size of the new content in bytes; of the old one where nothing new is written. */
  readonly bytes: number;
  /** The content to write; absent where nothing is written. */
  readonly text?: string;
  readonly mode: 0o644 | 0o755;
  readonly because: readonly string[];
  /** What a person should know of it: `edited here, and no longer generated`. */
  readonly why?: string;
  /** Present for `conflict` alone. */
  readonly conflict?: Conflict;
}

/** Why nobody but the user can decide. */
export interface Conflict {
  /** One sentence: `both sides changed lines 12 to 15`. */
  readonly reason: string;
  /** What was written last; null if it never was. */
  readonly base: string | null;
  /** What stands there; null for what is not plain text. */
  readonly disk: string | null;
  /** What the generators want. */
  readonly next: string;
  /** Both, with markers around what differs; null where that makes no sense. */
  readonly marked: string | null;
}

export type ChangeSet = readonly Change[];

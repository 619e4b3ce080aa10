/** What will happen to each file: the whole of a dry run, and the input of `disk/apply`. */

export type Action =
  | 'create'
  | 'adopt'
  | 'update'
  | 'merge'
  | 'unchanged'
  | 'keep'
  | 'delete'
  | 'conflict';

export interface Change {
  readonly path: string;
  readonly action: Action;
  /** Size of the new content in bytes; of the old one where nothing new is written. */
  readonly bytes: number;
  /** The content to write; absent where nothing is written. */
  readonly text?: string;
  readonly mode: 0o644 | 0o755;
  readonly because: readonly string[];
}

export type ChangeSet = readonly Change[];

/** What is at a path of the project. */
export interface Standing {
  /** The text of the file; empty if it isn't plain. */
  readonly text: string;
  /** The permission bits. */
  readonly mode: number;
  /**
   * False for a folder, a symbolic link, a file that isn't UTF-8, and anything that isn't the
   * project's.
   */
  readonly isPlain: boolean;
  /** Why it isn't plain, if there is a special reason: `it cannot be read`. */
  readonly why?: string;
  /** The file has other names (hard links): they would not refer to a new file in its place. */
  readonly isLinked?: true;
}

/** Each occupied path below the project directory. */
export type Snapshot = ReadonlyMap<string, Standing>;

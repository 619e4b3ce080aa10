/** What stands at a path of the project. */
export interface Standing {
  /** Empty where it is not plain. */
  readonly text: string;
  /** The permission bits. */
  readonly mode: number;
  /** False for a folder, a symbolic link, no UTF-8, and what isn't the project's. */
  readonly isPlain: boolean;
  /** Why it is not plain, where that is special: `it may not be read`. */
  readonly why?: string;
  /** It has another name somewhere, which a new file in its place would not have. */
  readonly isLinked?: true;
}

/** Each path that is occupied, below the project directory. */
export type Snapshot = ReadonlyMap<string, Standing>;

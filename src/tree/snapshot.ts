/** What stands at a path of the project. */
export interface Standing {
  /** Empty where it is not plain. */
  readonly text: string;
  /** The permission bits. */
  readonly mode: number;
  /** False for a folder, a symbolic link, and bytes that are no UTF-8: it is never merged. */
  readonly isPlain: boolean;
}

/** Each path that is occupied, below the project directory. */
export type Snapshot = ReadonlyMap<string, Standing>;

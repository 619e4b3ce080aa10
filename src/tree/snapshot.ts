/** The text of each file that stands on the disk, by its path below the project directory. */
export type Snapshot = ReadonlyMap<string, string>;

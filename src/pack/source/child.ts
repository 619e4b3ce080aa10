/** A pack that extends the one that is fetched. */
export interface Child {
  readonly source: string;
  /** Of its package at npm; null for one from elsewhere. */
  readonly packageName: string | null;
  /** The folder in which the command works. */
  readonly project: string;
}

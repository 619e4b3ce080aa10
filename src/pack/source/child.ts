/** A pack that extends the one being fetched. */
export interface Child {
  readonly source: string;
  /** The name of its npm package; null for one from elsewhere. */
  readonly packageName: string | null;
  /** The folder in which the command works. */
  readonly project: string;
}

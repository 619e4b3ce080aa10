/** A pack that extends the one being fetched. */
export interface Child {
  readonly source: string;
  /** The name of its npm package; null for one from elsewhere. */
  readonly packageName: string | null;
  /** The folder of the project that the command works on. */
  readonly project: string;
}

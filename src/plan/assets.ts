/**
 * The packaged files that a plan may read: `templates/` and `native-core/`. A port, so that plans
 * stay pure.
 */

export interface Assets {
  /** The text of a packaged file. Throws for a path that is not there: that is a bug. */
  readonly read: (path: string) => string;
  /** All files below a folder, sorted, as paths that `read` takes. */
  readonly list: (folder: string) => readonly string[];
}

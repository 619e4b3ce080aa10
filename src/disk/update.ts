import type { NewFile } from './write-project.ts';

/** What an update comes to; see `update-of.ts`. */
export interface Update {
  /** One line for whoever undoes it. */
  readonly title: string;
  readonly writes: readonly NewFile[];
  readonly removals: readonly string[];
  /** By touched path: the hash of what stood there when the update was decided; null: nothing. */
  readonly expected: ReadonlyMap<string, string | null>;
}

export async function updateProject(_directory: string, _update: Update): Promise<void> {
  throw new Error('another branch brings this');
}

/** Rendered files in memory, before anything touches the disk. */

import type { Registration } from '../plan/generator.ts';
import type { Owner } from '../spec/owner.ts';

export interface TreeFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
  readonly owner: Owner;
  readonly because: readonly string[];
  readonly registrations?: readonly Registration[];
  /** Made of what stands there: where both sides changed a value, this one knows of the other. */
  readonly informed?: true;
}

/** Sorted by path, each path once. */
export type Tree = readonly TreeFile[];

/** The tree with the owners that the user has named. */
export function ownedBy(tree: Tree, ownerOf: (path: string) => Owner | null): Tree {
  return tree.map((file) => ({ ...file, owner: ownerOf(file.path) ?? file.owner }));
}

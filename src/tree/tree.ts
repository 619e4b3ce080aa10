/** Rendered files in memory, before anything touches the disk. */

import type { Registration } from '../plan/generator.ts';
import { type Owner, ownerAmong } from '../spec/owner.ts';

export interface TreeFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
  readonly owner: Owner;
  readonly because: readonly string[];
  readonly registrations?: readonly Registration[];
  /**
   * True if the text is built from the file on disk: then it is right even if both sides changed
   * the same value.
   */
  readonly informed?: true;
}

/** Sorted by path, each path once. */
export type Tree = readonly TreeFile[];

/**
 * The tree with the owners that the user has set. `hpserver.json`, which is built from the file on
 * disk, keeps its own owner: with a glob such as `*.json`, every answer would otherwise be lost.
 */
export function ownedBy(tree: Tree, owners: Readonly<Record<string, Owner>>): Tree {
  const ownerOf = ownerAmong(owners);
  return tree.map((file) =>
    file.informed ? file : { ...file, owner: ownerOf(file.path) ?? file.owner },
  );
}

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
   * Built from the file on disk: if both sides changed a value, this one takes the other into
   * account.
   */
  readonly informed?: true;
}

/** Sorted by path, each path once. */
export type Tree = readonly TreeFile[];

/**
 * The tree with the owners the user has set. A file built from the one on disk, `hpserver.json`,
 * keeps its own: a glob such as `*.json` would otherwise lose every answer.
 */
export function ownedBy(tree: Tree, owners: Readonly<Record<string, Owner>>): Tree {
  const ownerOf = ownerAmong(owners);
  return tree.map((file) =>
    file.informed ? file : { ...file, owner: ownerOf(file.path) ?? file.owner },
  );
}

/** Tree and snapshot → change set, for a place where create-hpserver has not written before. */

import type { Snapshot } from '../tree/snapshot.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import type { Change, ChangeSet } from './change-set.ts';
import { decide } from './decide.ts';

/** One change for each file of the tree, in its order. */
export function merge(tree: Tree, snapshot: Snapshot): ChangeSet {
  return tree.map((file) => changeOf(file, snapshot.get(file.path) ?? null));
}

function changeOf({ path, text, mode, because }: TreeFile, disk: string | null): Change {
  const bytes = Buffer.byteLength(text);
  const decision = decide({ base: null, disk, next: text });
  if (decision === 'create') return { path, action: 'create', bytes, text, mode, because };
  if (decision === 'adopt') return { path, action: 'adopt', bytes, mode, because };
  const diskBytes = Buffer.byteLength(disk ?? '');
  return { path, action: 'conflict', bytes: diskBytes, mode, because };
}

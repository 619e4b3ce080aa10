/** Rendered files in memory, before anything touches the disk. */

import type { Owner } from '../plan/generator.ts';

export interface TreeFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
  readonly owner: Owner;
  readonly because: readonly string[];
}

/** Sorted by path, each path once. */
export type Tree = readonly TreeFile[];

/**
 * The table of design.md: what happens to one file, given what was written, what is on the disk,
 * and what is generated now.
 */

/** A file's text in each of the three versions; null if it is missing. */
export interface Sides {
  /** What create-hpserver wrote last. */
  readonly base: string | null;
  /** What is on the disk. */
  readonly disk: string | null;
  /** What the generators produce now. */
  readonly next: string | null;
}

export type Decision =
  | 'create'
  | 'adopt'
  | 'unchanged'
  | 'update'
  /** Both sides changed it: a line merge decides whether they conflict. */
  | 'merge'
  | 'conflict'
  /** The user's version is kept. */
  | 'keep'
  /** The user deleted it, and it stays deleted. */
  | 'leave-deleted'
  | 'delete'
  /** It never existed, and isn't generated. */
  | 'nothing';

/** Pure; covers every combination of the three sides. */
export function decide({ base, disk, next }: Sides): Decision {
  if (base === null) return withoutBase(disk, next);
  if (disk === null) return 'leave-deleted';
  if (next === null) return disk === base ? 'delete' : 'keep';
  if (disk === next) return base === next ? 'unchanged' : 'adopt';
  if (disk === base) return 'update';
  return next === base ? 'keep' : 'merge';
}

/** A file that create-hpserver never wrote is never overwritten. */
function withoutBase(disk: string | null, next: string | null): Decision {
  if (next === null) return disk === null ? 'nothing' : 'keep';
  if (disk === null) return 'create';
  return disk === next ? 'adopt' : 'conflict';
}

/** A change set as an update: what to write, what to remove, and what must still be there. */

import type { ChangeSet } from '../../merge/change-set.ts';
import { placed } from '../../merge/merge.ts';
import { sha256 } from '../../tree/hash.ts';
import {
  basePath,
  kStateRecords,
  type StateFile,
  stateFiles,
  type Written,
} from '../../tree/manifest.ts';
import type { Snapshot } from '../../tree/snapshot.ts';
import type { Update, UpdatedFile } from './update.ts';

export interface Decided {
  readonly changes: ChangeSet;
  /** The snapshot on which the changes were decided. */
  readonly standing: Snapshot;
  readonly before: Written;
  readonly after: Written;
}

/** Contains only differences: without changes, there are no writes and no removals. */
export function updateOf({ changes, standing, before, after }: Decided): Omit<Update, 'title'> {
  const files = arrivals(changes, before);
  const records = recordsOf(before, placed(after, changes), standing);
  const writes = [...files, ...records.writes];
  const arriving = new Set(writes.map(({ path }) => path));
  // If one file leaves a path and another takes its place, a write is enough.
  const leaving = departures(changes).filter((path) => !arriving.has(path));
  const removals = [...leaving, ...records.obsolete];
  // A path that holds anything but text has no expected content: a user who has it replaced has not
  // looked at its bytes, either.
  const touched = [...arriving, ...removals].filter((path) => standing.get(path)?.isPlain ?? true);
  const expected = touched.map((path) => {
    const text = records.present(path);
    return [path, text === undefined ? null : sha256(text)] as const;
  });
  return { writes, removals, expected: new Map(expected) };
}

function arrivals(changes: ChangeSet, { manifest }: Written): readonly UpdatedFile[] {
  const modes = new Map(manifest.files.map(({ id, mode }) => [id, mode]));
  return changes.flatMap(({ id, path, text, mode }) => {
    const formerMode = modes.get(id);
    const former = formerMode === undefined ? {} : { formerMode };
    return text === undefined ? [] : [{ path, text, mode, ...former }];
  });
}

function departures(changes: ChangeSet): readonly string[] {
  return changes.flatMap(({ from, action, path }) => {
    if (action === 'delete') return [path];
    return from === undefined ? [] : [from];
  });
}

/**
 * What happens to the state folder's files. They are compared byte for byte, because an older
 * version formats them differently.
 */
function recordsOf(before: Written, after: Written, standing: Snapshot) {
  const misplaced = new Set([...(before.misplaced ?? [])].map(basePath));
  // Every file of the project has a base: those that stay in place aren't even formatted.
  const stays = (hash: string): boolean =>
    [before, after].every(({ bases }) => bases.has(hash)) &&
    ![misplaced, standing].some((paths) => paths.has(basePath(hash)));
  const inPlace = filesWithout(before, stays).filter(({ path }) => !misplaced.has(path));
  const next = filesWithout(after, stays);
  const [old, wanted] = [byPath(inPlace), byPath(next)];
  const present = (path: string) =>
    standing.get(path)?.text ?? (kStateRecords.includes(path) ? undefined : old.get(path));
  // A base in an older version's format is in its proper place, too.
  const older = [...misplaced].filter((path) => standing.has(path));
  return {
    present,
    writes: next.filter(({ path, text }) => present(path) !== text),
    obsolete: [...old.keys(), ...older].filter((path) => !wanted.has(path)),
  };
}

function filesWithout(
  { manifest, bases }: Written,
  isLeftOut: (hash: string) => boolean,
): readonly StateFile[] {
  const others = [...bases].filter(([hash]) => !isLeftOut(hash));
  return stateFiles({ manifest, bases: new Map(others) });
}

function byPath(files: readonly StateFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

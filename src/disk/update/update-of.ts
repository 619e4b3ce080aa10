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
  /** What the decisions were based on. */
  readonly standing: Snapshot;
  readonly before: Written;
  readonly after: Written;
}

/** Only what differs: an update without changes has no writes and no removals. */
export function updateOf({ changes, standing, before, after }: Decided): Omit<Update, 'title'> {
  const files = arrivals(changes, before);
  const records = recordsOf(before, placed(after, changes), standing);
  const writes = [...files, ...records.writes];
  const arriving = new Set(writes.map(({ path }) => path));
  // If one file leaves a path and another takes it, there is only a write.
  const leaving = departures(changes).filter((path) => !arriving.has(path));
  const removals = [...leaving, ...records.obsolete];
  // None for anything but text: a user who has it replaced has not looked at its bytes either.
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
 * What happens to the state folder. The records are compared byte for byte: an older version has
 * written them differently.
 */
function recordsOf(before: Written, after: Written, standing: Snapshot) {
  const misplaced = new Set([...(before.misplaced ?? [])].map(basePath));
  // Every file of the project has a base; one that stays in place is not even printed.
  const stays = (hash: string): boolean =>
    [before, after].every(({ bases }) => bases.has(hash)) &&
    ![misplaced, standing].some((paths) => paths.has(basePath(hash)));
  const inPlace = filesWithout(before, stays).filter(({ path }) => !misplaced.has(path));
  const next = filesWithout(after, stays);
  const [old, wanted] = [byPath(inPlace), byPath(next)];
  const present = (path: string) =>
    standing.get(path)?.text ?? (kStateRecords.includes(path) ? undefined : old.get(path));
  // Even in an older version's format, they are in the right place.
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

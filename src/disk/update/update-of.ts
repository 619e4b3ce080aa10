/** A change set as the calls that it comes to: what is written, removed, and expected to stand. */

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
  /** What the changes were decided on. */
  readonly standing: Snapshot;
  readonly before: Written;
  readonly after: Written;
}

/** Only what differs: an update that changes nothing has no writes and no removals. */
export function updateOf({ changes, standing, before, after }: Decided): Omit<Update, 'title'> {
  const files = arrivals(changes, before);
  const records = recordsOf(before, placed(after, changes), standing);
  const writes = [...files, ...records.writes];
  const arriving = new Set(writes.map(({ path }) => path));
  // Where one file leaves and another one arrives, there is only a write.
  const leaving = departures(changes).filter((path) => !arriving.has(path));
  const removals = [...leaving, ...records.obsolete];
  // None for what is no text: whoever wants it replaced has not looked at its bytes either.
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
 * What becomes of the state folder. The records are compared as they stand: an older version has
 * written them otherwise.
 */
function recordsOf(before: Written, after: Written, standing: Snapshot) {
  const misplaced = new Set([...(before.misplaced ?? [])].map(basePath));
  // There is a base for each file of the project: one that stays in its place is not even printed.
  const stays = (hash: string): boolean =>
    [before, after].every(({ bases }) => bases.has(hash)) &&
    ![misplaced, standing].some((paths) => paths.has(basePath(hash)));
  const inPlace = filesWithout(before, stays).filter(({ path }) => !misplaced.has(path));
  const next = filesWithout(after, stays);
  const [old, wanted] = [byPath(inPlace), byPath(next)];
  const present = (path: string) =>
    standing.get(path)?.text ?? (kStateRecords.includes(path) ? undefined : old.get(path));
  // As an older version has stored them, they stand in their place all the same.
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

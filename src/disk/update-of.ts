/** A change set as the calls that it comes to: what is written, removed, and expected to stand. */

import type { ChangeSet } from '../merge/change-set.ts';
import { sha256 } from '../tree/hash.ts';
import { kStateRecords, type StateFile, stateFiles, type Written } from '../tree/manifest.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import type { Update } from './update.ts';

export interface Decided {
  readonly changes: ChangeSet;
  /** What the changes were decided on. */
  readonly standing: Snapshot;
  readonly before: Written;
  readonly after: Written;
}

/** Only what differs: an update that changes nothing has no writes and no removals. */
export function updateOf({ changes, standing, before, after }: Decided): Omit<Update, 'title'> {
  const modes = new Map(before.manifest.files.map(({ id, mode }) => [id, mode]));
  const files = changes.flatMap(({ id, path, text, mode }) => {
    const formerMode = modes.get(id);
    const former = formerMode === undefined ? {} : { formerMode };
    return text === undefined ? [] : [{ path, text, mode, ...former }];
  });
  const moves = changes.flatMap(({ from }) => (from === undefined ? [] : [from]));
  const deleted = changes.flatMap(({ action, path }) => (action === 'delete' ? [path] : []));
  const old = byPath(stateFiles(before));
  // The records are compared as they stand: an older version has written them otherwise.
  const present = (path: string) =>
    standing.get(path)?.text ?? (kStateRecords.includes(path) ? undefined : old.get(path));
  const state = stateFiles(after).filter(({ path, text }) => present(path) !== text);
  const wanted = byPath(stateFiles(after));
  const obsolete = [...old.keys()].filter((path) => !wanted.has(path));

  const writes = [...files, ...state];
  const arriving = new Set(writes.map(({ path }) => path));
  // Where one file leaves and another one arrives, there is only a write.
  const leaving = [...moves, ...deleted].filter((path) => !arriving.has(path));
  const removals = [...leaving, ...obsolete];
  // None for what is no text: whoever wants it replaced has not looked at its bytes either.
  const touched = [...arriving, ...removals].filter((path) => standing.get(path)?.isPlain ?? true);
  const expected = touched.map((path) => {
    const text = present(path);
    return [path, text === undefined ? null : sha256(text)] as const;
  });
  return { writes, removals, expected: new Map(expected) };
}

function byPath(files: readonly StateFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

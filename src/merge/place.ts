/** Where a file is and where it should be. Both users and generators move files. */

import type { ManifestFile, Written } from '../tree/manifest.ts';
import type { Snapshot, Standing } from '../tree/snapshot.ts';
import type { TreeFile } from '../tree/tree.ts';
import type { Missing } from './moves.ts';

/** A file of the manifest, with its base. */
export interface Prior extends ManifestFile {
  readonly base: string;
}

export interface Place {
  /** What is at its present path; null for nothing. */
  readonly standing: Standing | null;
  /** Its present path. */
  readonly from: string;
  readonly to: string;
  /** Whether the user has put the file there: then it stays there. */
  readonly isTheUsers: boolean;
}

/** The files of the manifest, by their present ids. */
export function priorsOf(
  written: Written | null,
  renames: Readonly<Record<string, string>>,
): ReadonlyMap<string, Prior> {
  const files = written?.manifest.files ?? [];
  return new Map(
    files.map((file) => {
      // An id from a cloned record may be a name that every object has.
      const id = Object.hasOwn(renames, file.id) ? (renames[file.id] ?? file.id) : file.id;
      return [id, { ...file, id, base: written?.bases.get(file.sha256) ?? '' }] as const;
    }),
  );
}

/** Every path where a file of the manifest or of the tree may be. */
export function pathsOf(
  written: Written | null,
  tree: readonly { readonly path: string }[],
): readonly string[] {
  const before = written?.manifest.files ?? [];
  const known = before.flatMap(({ path, movedTo }) => (movedTo ? [path, movedTo] : [path]));
  return [...known, ...tree.map(({ path }) => path)];
}

/** The manifest's files that are at none of their paths, except those known to be deleted. */
export function missingOf(written: Written | null, standing: Snapshot): readonly Missing[] {
  return [...priorsOf(written, {}).values()].filter(
    ({ path, movedTo, fate }) =>
      fate !== 'deleted' && !standing.has(path) && !(movedTo && standing.has(movedTo)),
  );
}

export function placeOf(
  file: Pick<TreeFile, 'id' | 'path'> | null,
  prior: Prior | null,
  standing: Snapshot,
  moved: ReadonlyMap<string, string>,
): Place {
  const wanted = file?.path ?? prior?.path ?? '';
  const at = (path: string, isMoved: boolean): Place => {
    // If its new path is occupied, the file stays where it is, as if the user had put it there.
    const isTheUsers = isMoved || (path !== wanted && standing.has(wanted));
    const to = isTheUsers ? path : wanted;
    return { standing: standing.get(path) ?? null, from: path, to, isTheUsers };
  };
  if (prior === null) return at(wanted, false);
  if (prior.movedTo !== undefined && standing.has(prior.movedTo)) return at(prior.movedTo, true);
  if (standing.has(prior.path)) return at(prior.path, false);
  const found = moved.get(prior.id);
  if (found !== undefined) return at(found, true);
  // Something may have reappeared under the name of a deleted file.
  return at(wanted, false);
}

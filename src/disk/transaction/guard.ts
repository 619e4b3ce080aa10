/** The paths that a transaction may touch: wherever they come from, they must be in the project. */

import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { bordersOf, foldersOf, isLink, realOf } from '../borders.ts';

const kState = `${kStateFolder}/`;
/** Entries of the state folder that updates need for themselves; they aren't state. */
const kOwn = ['txn', 'undo', 'lock'];

/**
 * Checks the state folder even if none of the paths is in it, since everything is staged there.
 * Errors: `UserError` (failure) for a path that isn't in the project, leads out of it through a
 * symbolic link, is in another project below it, or is the same file as another path because of
 * symbolic links.
 */
export function guardPaths(directory: string, paths: readonly string[]): void {
  const faults = paths.flatMap((path) => {
    const fault = pathFaultHere(path);
    return fault === null ? [] : [refusal(path, fault)];
  });
  if (faults.length > 0) throw new UserError(ExitCode.failure, faults);
  const borderOf = bordersOf(directory);
  const found = [`${kState}state.json`, ...paths].flatMap((path) => borderOf(path) ?? []);
  const borders = new Map(found.map(({ folder, fault }) => [folder, fault]));
  if (borders.size > 0) {
    const issues = [...borders].map(([folder, fault]) => refusal(folder, fault));
    throw new UserError(ExitCode.failure, issues);
  }
  const root = realpathSync(directory);
  const folders = [...new Set(paths.flatMap(foldersOf))];
  if (folders.some((folder) => isLink(join(root, folder)))) refuseTwins(root, paths);
}

/** Why an update may not touch the path. Unlike `pathFault`, allows the state folder's files. */
export function pathFaultHere(path: string): string | null {
  if (!path.startsWith(kState)) return pathFault(path);
  const inner = path.slice(kState.length);
  const [first = ''] = inner.toLowerCase().split('/');
  return kOwn.includes(first) ? "belongs to create-hpserver's own records" : pathFault(inner);
}

function refuseTwins(root: string, paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const place = join(root, path);
    const real = join(realOf(dirname(place)) ?? dirname(place), basename(place));
    const twin = seen.get(real);
    if (twin !== undefined) {
      const fault = `is the same file as ${twin}, through a symbolic link`;
      throw new UserError(ExitCode.failure, [refusal(path, fault)]);
    }
    seen.set(real, path);
  }
}

function refusal(path: string, fault: string): Issue {
  const fix = 'Nothing was written there. Use another path, or replace the link with a folder.';
  return { at: path, message: `${path} ${fault}`, fix };
}

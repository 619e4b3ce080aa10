/** Paths that a transaction may touch: no matter who names them, they stay in the project. */

import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { isAbsence } from '../disk-error.ts';

const kState = `${kStateFolder}/`;
/** Of the state folder: what is no state, but the machinery of updates. */
const kOwn = ['txn', 'undo', 'lock'];

/**
 * The state folder is looked at even where no path is in it, for everything is staged there.
 * Errors: `UserError` (failure) for a path that is not one of the project, that a symbolic link
 * leads out of it, or that symbolic links make the same as another one.
 */
export function guardPaths(directory: string, paths: readonly string[]): void {
  const faults = paths.flatMap((path) => {
    const fault = pathFaultHere(path);
    return fault === null ? [] : [refusal(path, fault)];
  });
  if (faults.length > 0) throw new UserError(ExitCode.failure, faults);
  const root = realpathSync(directory);
  const folders = new Set([kStateFolder, ...paths.flatMap(foldersOf)]);
  const links = [...folders].filter((folder) => isLink(join(root, folder)));
  const leaving = links.filter((link) => !staysInside(root, link));
  if (leaving.length > 0) {
    const issues = leaving.map((link) => refusal(link, 'is a symbolic link out of the project'));
    throw new UserError(ExitCode.failure, issues);
  }
  if (links.length > 0) refuseTwins(root, paths);
}

/** Those above a path, the outermost first: of `a/b/c` it is `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Why an update may not touch the path; unlike `pathFault` it knows the state's own. */
export function pathFaultHere(path: string): string | null {
  if (!path.startsWith(kState)) return pathFault(path);
  const inner = path.slice(kState.length);
  const [first = ''] = inner.toLowerCase().split('/');
  return kOwn.includes(first) ? 'belongs to the update itself' : pathFault(inner);
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (thrown) {
    if (isAbsence(thrown)) return false;
    throw thrown;
  }
}

function staysInside(root: string, link: string): boolean {
  return pathFault(relative(root, realOf(join(root, link)) ?? root)) === null;
}

/** Null for what is not there, and for a circle of links. */
function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function refuseTwins(root: string, paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const place = join(root, path);
    const real = join(realOf(dirname(place)) ?? dirname(place), basename(place));
    const twin = seen.get(real);
    if (twin !== undefined) {
      const fault = `is the same file as ${twin}, by a symbolic link`;
      throw new UserError(ExitCode.failure, [refusal(path, fault)]);
    }
    seen.set(real, path);
  }
}

function refusal(path: string, fault: string): Issue {
  const fix = 'Nothing is written there. Name another path, or put a folder in place of the link.';
  return { at: path, message: `${path} ${fault}`, fix };
}

/** Paths that a transaction may touch: no matter who names them, they stay in the project. */

import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { ExitCode, type Issue, UserError } from '../../error.ts';
import { pathFault } from '../../plan/safe-path.ts';
import { kStateFolder } from '../../tree/manifest.ts';
import { isAbsence } from '../disk-error.ts';

const kState = `${kStateFolder}/`;
/** Of the state folder: what is no state, but the machinery of updates. */
const kOwn = ['txn', 'undo', 'lock'];

/**
 * Errors: `UserError` (failure) for a path that is not one of the project, that a symbolic link
 * leads out of it, or that symbolic links make the same as another one.
 */
export async function guardPaths(directory: string, paths: readonly string[]): Promise<void> {
  const faults = paths.flatMap((path) => {
    const fault = pathFaultHere(path);
    return fault === null ? [] : [refusal(path, fault)];
  });
  if (faults.length > 0) throw new UserError(ExitCode.failure, faults);
  const root = await realpath(directory);
  const folders = [...new Set(paths.flatMap(foldersOf))];
  const links = new Set<string>();
  for (const folder of folders) if (await isLink(join(root, folder))) links.add(folder);
  for (const link of links) {
    if (await staysInside(root, link)) continue;
    const fault = `lies behind ${link}, a symbolic link to no folder of the project`;
    const behind = paths.filter((path) => path.startsWith(`${link}/`));
    throw new UserError(
      ExitCode.failure,
      behind.map((path) => refusal(path, fault)),
    );
  }
  if (links.size > 0) await refuseTwins(root, paths);
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

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (thrown) {
    if (isAbsence(thrown)) return false;
    throw thrown;
  }
}

async function staysInside(root: string, link: string): Promise<boolean> {
  const real = await realpath(join(root, link)).catch(() => root);
  return pathFault(relative(root, real)) === null;
}

async function refuseTwins(root: string, paths: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const place = join(root, path);
    const real = join(await realpath(dirname(place)).catch(() => dirname(place)), basename(place));
    const twin = seen.get(real);
    if (twin !== undefined) {
      const fault = `is the same file as ${twin}, by a symbolic link`;
      throw new UserError(ExitCode.failure, [refusal(path, fault)]);
    }
    seen.set(real, path);
  }
}

function refusal(path: string, fault: string): Issue {
  const fix = 'Nothing is written there: name another path, or replace the link by a folder.';
  return { at: path, message: `${path} ${fault}`, fix };
}

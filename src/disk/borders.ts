/** Where a project ends: the folders below it that belong to someone else. */

import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { pathFault } from '../plan/safe-path.ts';
import { kStateFolder } from '../tree/manifest.ts';
import { errorCode, isAbsence } from './disk-error.ts';

/** A folder, with everything in it, that belongs to someone else. */
export interface Border {
  readonly folder: string;
  /** Continues the folder's name: `is a project of its own`. */
  readonly fault: string;
}

/**
 * These mark a repository, a linked worktree or a submodule (where `.git` is a file), or a project.
 */
const kMarks = ['.git', '.hpserver', 'hpserver.json'];

/** The folders above a path, outermost first: for `a/b/c`, `a` and `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Finds the border between the project's folder and a path below it; null if the path belongs to
 * the project. Each folder is examined once, on first use.
 */
export function bordersOf(directory: string): (path: string) => Border | null {
  const root = realpathSync(directory);
  const known = new Map<string, Border | null>();
  const at = (folder: string): Border | null => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    // A link to a folder above itself leads here again.
    known.set(folder, null);
    const border = borderAt(root, folder, within);
    known.set(folder, border);
    return border;
  };
  const within = (path: string): Border | null => {
    for (const folder of foldersOf(path)) {
      const border = at(folder);
      if (border !== null) return border;
    }
    return null;
  };
  return within;
}

/** True for the names in a folder that is itself a project or a repository. */
export function isForeign(names: Iterable<string>): boolean {
  const found = new Set(names);
  return kMarks.some((mark) => found.has(mark));
}

function borderAt(
  root: string,
  folder: string,
  within: (path: string) => Border | null,
): Border | null {
  if (isLink(join(root, folder))) {
    const target = relative(root, realOf(join(root, folder)) ?? root);
    const isInside = isState(target) || pathFault(target) === null;
    if (!isInside) return { folder, fault: 'is a symbolic link that leads out of the project' };
    return within(`${target}/`);
  }
  if (isState(folder)) return null;
  const mark = kMarks.find((name) => isThere(join(root, folder, name)));
  return mark === undefined
    ? null
    : { folder, fault: `is a separate project, with its own ${mark}` };
}

function isState(folder: string): boolean {
  return folder === kStateFolder || folder.startsWith(`${kStateFolder}/`);
}

export function isLink(path: string): boolean {
  return lookedAt(path)?.isSymbolicLink() ?? false;
}

function isThere(path: string): boolean {
  return lookedAt(path) !== null;
}

/**
 * Null for a path in a folder that can't be searched: reading or writing there reports the error.
 */
function lookedAt(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (thrown) {
    if (isAbsence(thrown) || errorCode(thrown) === 'EACCES') return null;
    throw thrown;
  }
}

/** Null for a missing path, and for symbolic links that form a circle. */
export function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Where the project goes: a folder below the current one. */

import path from 'node:path';
import { projectAround } from '../../disk/state.ts';
import type { Issue } from '../../error.ts';

/** What is wrong with DIRECTORY as it was typed; null where it is a place below `cwd`. */
export function misplaced(typed: string, cwd: string): Issue | null {
  const target = path.resolve(cwd, typed);
  const inside = target === cwd || target.startsWith(cwd.endsWith('/') ? cwd : `${cwd}/`);
  if (inside && !path.isAbsolute(typed)) return null;
  const kind = path.isAbsolute(typed) ? 'is an absolute path' : 'leads out of this folder';
  return {
    at: 'DIRECTORY',
    message: `"${typed}" ${kind}; a project is made below the folder in which the command runs`,
    fix: `cd ${path.dirname(target)} && create-hpserver ${path.basename(target)}`,
  };
}

/** The name that a project gets from its folder. */
export function nameFrom(typed: string, cwd: string): string {
  return path.basename(path.resolve(cwd, typed));
}

/** Why nothing can be created there: a project stands there. Null: none does. */
export function standingProject(directory: string, cwd: string): Issue | null {
  if (projectAround(directory) !== directory) return null;
  const folder = path.relative(cwd, directory);
  return {
    at: 'DIRECTORY',
    message: `${directory} is a project already`,
    fix: `${folder === '' ? '' : `cd ${folder} && `}create-hpserver regenerate changes it`,
  };
}

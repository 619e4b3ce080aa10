/** Where the project goes: any folder that isn't a project already. */

import path from 'node:path';
import { projectAround } from '../../disk/record/find-project.ts';
import type { Issue } from '../../error.ts';

/** The project's name, taken from its folder. */
export function nameFrom(typed: string, cwd: string): string {
  return path.basename(path.resolve(cwd, typed));
}

/** Why nothing can be created there: it is already a project. Null if it isn't. */
export function standingProject(directory: string, cwd: string): Issue | null {
  if (projectAround(directory)?.directory !== directory) return null;
  const folder = path.relative(cwd, directory);
  return {
    at: 'DIRECTORY',
    message: `${directory} is already a project`,
    fix: `To change it, run ${folder === '' ? '' : `cd ${folder} && `}create-hpserver regenerate`,
  };
}

/** A name similar to the refused one whose folder is free; null if there is none nearby. */
export function freeName(refused: string, isFree: (name: string) => boolean): string | null {
  const stem = refused.replace(/-\d+$/, '');
  const near = Array.from({ length: kNearNames }, (_, index) => `${stem}-${index + 2}`);
  return near.find(isFree) ?? null;
}

const kNearNames = 20;

/** Where the project goes: any folder that is not a project already. */

import path from 'node:path';
import { projectAround } from '../../disk/record/find-project.ts';
import type { Issue } from '../../error.ts';

/** The name that a project gets from its folder. */
export function nameFrom(typed: string, cwd: string): string {
  return path.basename(path.resolve(cwd, typed));
}

/** Why nothing can be created there: a project stands there. Null: none does. */
export function standingProject(directory: string, cwd: string): Issue | null {
  if (projectAround(directory)?.directory !== directory) return null;
  const folder = path.relative(cwd, directory);
  return {
    at: 'DIRECTORY',
    message: `${directory} is already a project`,
    fix: `To change it, run ${folder === '' ? '' : `cd ${folder} && `}create-hpserver regenerate`,
  };
}

/** A name like the refused one whose folder is free; null where none is near. */
export function freeName(refused: string, isFree: (name: string) => boolean): string | null {
  const stem = refused.replace(/-\d+$/, '');
  const near = Array.from({ length: kNearNames }, (_, index) => `${stem}-${index + 2}`);
  return near.find(isFree) ?? null;
}

const kNearNames = 20;

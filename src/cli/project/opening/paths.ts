/** Paths as typed: relative to the project's root, or to the current folder. */

import path from 'node:path';
import type { Host } from '../../../console/host.ts';

/**
 * A typed path, relative to the root. If it is known neither there nor in the current folder, it is
 * returned as typed.
 */
export function fromRoot(
  host: Host,
  directory: string,
  typed: string,
  isKnown: (path: string) => boolean,
): string {
  const rooted = path.normalize(typed).replace(/\/$/, '');
  const here = path.relative(directory, path.resolve(host.cwd, typed));
  return !isKnown(rooted) && isKnown(here) ? here : rooted;
}

/** True for the folder itself too; the root is called `.`. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

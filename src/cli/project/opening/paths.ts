/** Paths as they are typed: from the project's root, or from the folder in which one stands. */

import path from 'node:path';
import type { Host } from '../../../console/host.ts';

/** The path from the root; what is known nowhere is taken as it was typed. */
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

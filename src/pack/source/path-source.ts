/** Sources that are paths: a folder or a tarball on this machine. */

import { isAbsolute, join, relative } from 'node:path';

export function isPath(source: string): boolean {
  return /^\.{0,2}\//.test(source) || /^\.{1,2}$/.test(source) || isTarball(source);
}

export function isTarball(source: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$/.test(source);
}

/** The source relative to another directory: `./ours` here is `../ours` in `./project`. */
export function rebaseSource(source: string, from: string, to: string): string {
  if (!isPath(source) || isAbsolute(source)) return source;
  const path = relative(to, join(from, source)) || '.';
  return path.startsWith('.') ? path : `./${path}`;
}

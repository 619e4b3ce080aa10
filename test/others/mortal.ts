/** Work as a user other than root, in this process, on a folder that becomes that user's. */

import { chmodSync, lchownSync, lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const isRoot: boolean = process.getuid?.() === 0;

/** An arbitrary user. */
export const kMortal = 12_345;

/** Everything below the folder, and the folder itself. */
export function giveTo(folder: string, uid: number, gid: number = uid): void {
  lchownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = join(folder, entry.name);
    if (entry.isDirectory()) giveTo(place, uid, gid);
    else lchownSync(place, uid, gid);
  }
}

/**
 * Runs work as a user without root's rights, which would open every door. The user applies to the
 * whole process, so only one at a time.
 */
export async function asMortal<T>(directory: string, work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  giveTo(directory, kMortal);
  for (let above = dirname(directory); (lstatSync(above).mode & 0o5) === 0; above = dirname(above))
    chmodSync(above, 0o755);
  return mortally(work);
}

/** The same for a folder that already belongs to that user. */
export async function mortally<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.setegid?.(kMortal);
  process.seteuid?.(kMortal);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

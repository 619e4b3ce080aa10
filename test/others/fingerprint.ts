/** What a folder looks like from outside: to compare before and after. */

import { type BigIntStats, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/tree/hash.ts';

/** By path below the folder: kind, mode, owner, modification time, and bytes. */
export type Fingerprint = ReadonlyMap<string, string>;

/** Anything larger is identified by its size and time: it is one of the sparse files. */
const kMaxBytes = 1n << 20n;

/** Hashes of bytes, for a folder that is examined repeatedly. */
export type KnownBytes = Map<string, string>;

/** Everything except what the filter refuses, and anything below that. */
export function fingerprint(
  folder: string,
  isMeant: (path: string) => boolean = () => true,
  known: KnownBytes = new Map(),
): Fingerprint {
  const found = new Map<string, string>();
  const visit = (path: string) => {
    const place = join(folder, path);
    const stats = lstatSync(place, { bigint: true });
    found.set(
      path,
      `${stats.mode.toString(8)} ${stats.uid}:${stats.gid} ${contentOf(place, stats, known)}`,
    );
    if (!stats.isDirectory()) return;
    for (const name of readdirSync(place).sort()) {
      const below = path === '' ? name : `${path}/${name}`;
      if (isMeant(below)) visit(below);
    }
  };
  visit('');
  return found;
}

/** A folder's own time doesn't matter: files have been staged in it and removed. */
function contentOf(place: string, stats: BigIntStats, known: KnownBytes): string {
  if (stats.isSymbolicLink()) return readlinkSync(place);
  if (!stats.isFile()) return '';
  if (stats.size > kMaxBytes) return `${stats.mtimeNs} ${stats.size}`;
  // Any write changes the inode's ctime, which can't be set back.
  const inode = `${stats.dev} ${stats.ino} ${stats.ctimeNs}`;
  const bytes = known.get(inode) ?? sha256(readFileSync(place));
  known.set(inode, bytes);
  return `${stats.mtimeNs} ${bytes}`;
}

/** The differences, in words: for a failing test. */
export function differences(before: Fingerprint, after: Fingerprint): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'nothing'} → ${after.get(path) ?? 'nothing'}`);
}

/** What a folder looks like from outside: to compare before and after. */

import { type BigIntStats, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/tree/hash.ts';

/** By path below the folder: kind, mode, owner, when it was written, and its bytes. */
export type Fingerprint = ReadonlyMap<string, string>;

/** What is larger is known by its size and time: it is one of the sparse ones. */
const kMaxBytes = 1n << 20n;

/** Hashes of bytes, for a folder that is looked at again and again. */
export type KnownBytes = Map<string, string>;

/** All but what the filter refuses, with everything below that. */
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

/** A folder's own time is no matter of ours: what was staged in it has come and gone. */
function contentOf(place: string, stats: BigIntStats, known: KnownBytes): string {
  if (stats.isSymbolicLink()) return readlinkSync(place);
  if (!stats.isFile()) return '';
  if (stats.size > kMaxBytes) return `${stats.mtimeNs} ${stats.size}`;
  // Whatever writes changes the time of the inode, which nobody can set back.
  const inode = `${stats.dev} ${stats.ino} ${stats.ctimeNs}`;
  const bytes = known.get(inode) ?? sha256(readFileSync(place));
  known.set(inode, bytes);
  return `${stats.mtimeNs} ${bytes}`;
}

/** What differs, in words: for a test that fails. */
export function differences(before: Fingerprint, after: Fingerprint): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${path}: ${before.get(path) ?? 'nothing'} → ${after.get(path) ?? 'nothing'}`);
}

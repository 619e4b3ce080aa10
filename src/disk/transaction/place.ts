/** Examines a path in the project: what is there, byte for byte. */

import { lstatSync, readFileSync } from 'node:fs';
import { sha256 } from '../../tree/hash.ts';
import { isAbsence } from '../disk-error.ts';
import { kMaxFileBytes, type Owner } from '../file-system.ts';

export type Occupant =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly sha256: string;
      /** Permissions, including set-user-id, set-group-id and sticky. */
      readonly mode: number;
      readonly owner: Owner;
    }
  | { readonly kind: 'folder' }
  /** A symbolic link, a socket, a device; or a file too large to be one of ours. */
  | { readonly kind: 'other' };

/**
 * Null if nothing is there. Symbolic links are not followed. Synchronous, like the port's writes:
 * for hundreds of small files, the thread pool would cost more than the reads.
 */
export function lookAt(path: string): Occupant | null {
  try {
    const stats = lstatSync(path);
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile() || stats.size > kMaxFileBytes) return { kind: 'other' };
    const bytes = readFileSync(path);
    const { uid, gid, mode } = stats;
    const owner = { uid, gid };
    return { kind: 'file', bytes, sha256: sha256(bytes), mode: mode & 0o7777, owner };
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}

/** The hash of the file there; null if it isn't a file. */
export function hashOf(place: Occupant | null): string | null {
  return place?.kind === 'file' ? place.sha256 : null;
}

/** What stands at a place of the project, byte for byte. */

import { lstatSync, readFileSync } from 'node:fs';
import { sha256 } from '../../tree/hash.ts';
import { isAbsence } from '../disk-error.ts';

export type Place =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly sha256: string;
      /** Permissions, with set-user-id, set-group-id and sticky. */
      readonly mode: number;
    }
  | { readonly kind: 'folder' }
  /** A symbolic link, a socket, a device. */
  | { readonly kind: 'other' };

/**
 * Null: nothing is there. A symbolic link is not followed. Synchronous, like the writes of the
 * port: for hundreds of small files the thread pool would cost more than the reads.
 */
export function lookAt(path: string): Place | null {
  try {
    const stats = lstatSync(path);
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile()) return { kind: 'other' };
    const bytes = readFileSync(path);
    return { kind: 'file', bytes, sha256: sha256(bytes), mode: stats.mode & 0o7777 };
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}

/** The hash of the file there; null where there is no file. */
export function hashOf(place: Place | null): string | null {
  return place?.kind === 'file' ? place.sha256 : null;
}

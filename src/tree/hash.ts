/** The fingerprint by which files are compared and bases are stored. */

import { hash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256 of the bytes; a text is hashed as UTF-8. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content);
}

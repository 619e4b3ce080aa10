/** Which file in a folder is its plopfile. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const kPlopfiles: readonly string[] = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map(
  (ending) => `plopfile.${ending}`,
);

/** Absolute; null if there is none. */
export function plopfileIn(folder: string): string | null {
  const found = kPlopfiles.map((name) => join(resolve(folder), name));
  return found.find((path) => existsSync(path)) ?? null;
}

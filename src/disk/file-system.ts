/** The calls by which a project is written: a port, so that tests can let any of them fail. */

import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';

export interface FileSystem {
  /** Makes the folder and its parents; the first one that it made, or undefined. */
  readonly makeFolder: (path: string) => Promise<string | undefined>;
  /** Makes a folder of a fresh name that begins with the prefix. */
  readonly makeStaging: (prefix: string) => Promise<string>;
  readonly writeFile: (path: string, text: string, mode: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

export const kNodeFileSystem: FileSystem = {
  makeFolder: (path) => mkdir(path, { recursive: true }),
  makeStaging: (prefix) => mkdtemp(prefix),
  // Small files, hundreds of them: the way to the thread pool and back costs more than the write.
  writeFile: async (path, text, mode) => writeFileSync(path, text, { mode, flag: 'wx' }),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

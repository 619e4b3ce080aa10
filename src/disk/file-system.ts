/** The calls by which a project is written: a port, so that tests can let any of them fail. */

import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';

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
  writeFile: (path, text, mode) => writeFile(path, text, { mode, flag: 'wx' }),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

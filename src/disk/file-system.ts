/** The calls that change the disk: a port, so tests can make any of them fail. */

import { chmodSync, closeSync, fsync, lchownSync, openSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, rmdir, unlink } from 'node:fs/promises';

/** Sources are far smaller, and a text of half a gibibyte is more than V8 can hold. */
export const kMaxFileBytes: number = 64 << 20;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface FileSystem {
  /** Makes the folder and its missing parents; returns the first folder it made, or undefined. */
  readonly makeFolder: (path: string) => Promise<string | undefined>;
  /** Makes a folder with a fresh name that starts with the prefix. */
  readonly makeStaging: (prefix: string) => Promise<string>;
  /** Writes a file that must not exist yet. The umask applies to the mode. */
  readonly writeFile: (path: string, text: string | Uint8Array, mode: number) => Promise<void>;
  /** Sets exactly this mode. */
  readonly changeMode: (path: string, mode: number) => Promise<void>;
  readonly changeOwner: (path: string, owner: Owner) => Promise<void>;
  /** Forces a file's content, or a folder's entries, to the disk. */
  readonly sync: (path: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly removeFile: (path: string) => Promise<void>;
  /** Removes an empty folder. */
  readonly removeFolder: (path: string) => Promise<void>;
  /** Removes whatever is there, if anything. */
  readonly remove: (path: string) => Promise<void>;
}

export const kNodeFileSystem: FileSystem = {
  makeFolder: (path) => mkdir(path, { recursive: true }),
  makeStaging: (prefix) => mkdtemp(prefix),
  // There are hundreds of small files: the round trip to the thread pool costs more than each
  // write.
  writeFile: async (path, text, mode) => writeFileSync(path, text, { mode, flag: 'wx' }),
  changeMode: async (path, mode) => chmodSync(path, mode),
  changeOwner: async (path, { uid, gid }) => lchownSync(path, uid, gid),
  sync,
  rename: (from, to) => rename(from, to),
  removeFile: (path) => unlink(path),
  removeFolder: (path) => rmdir(path),
  remove: (path) => rm(path, { recursive: true, force: true }),
};

/** Only calls that wait for the disk are worth the round trip to the thread pool. */
async function sync(path: string): Promise<void> {
  const file = openSync(path, 'r');
  try {
    await new Promise<void>((resolve, reject) => {
      fsync(file, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    closeSync(file);
  }
}

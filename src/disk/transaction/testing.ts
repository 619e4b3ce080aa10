/** For tests: trees as values, and a file system that dies or refuses at a given call. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../tree/hash.ts';
import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import type { Update } from '../update.ts';

export interface TestFile {
  readonly text: string | Uint8Array;
  readonly mode: number;
}

/** Thousands of small trees are quicker in memory. */
export const kFastFolder: string = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Files by path. */
export type TestTree = Readonly<Record<string, TestFile>>;

export function file(text: string | Uint8Array, mode = 0o644): TestFile {
  return { text, mode };
}

export function plant(directory: string, tree: TestTree): void {
  mkdirSync(directory, { recursive: true });
  for (const [path, { text, mode }] of Object.entries(tree)) {
    const place = join(directory, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, mode);
  }
}

/** Not of the tree: what belongs to updates themselves. */
const kOwn = /^\.hpserver($|\/(txn|undo|lock))/;

/** Mode and bytes of every file; every folder. */
export function harvest(directory: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (kOwn.test(path)) continue;
    const place = join(directory, path);
    const stats = statSync(place);
    const mode = (stats.mode & 0o7777).toString(8);
    const isFolder = stats.isDirectory();
    found[path] = isFolder ? 'folder' : `${mode} ${readFileSync(place, 'latin1')}`;
  }
  return found;
}

/** The update that makes one tree of another; modes are those of generated files. */
export function updateBetween(old: TestTree, next: TestTree): Update {
  const changed = Object.entries(next).filter(([path, { text, mode }]) => {
    const before = old[path];
    return before === undefined || !isEqual(before.text, text) || before.mode !== mode;
  });
  const writes = changed.map(([path, { text, mode }]) => {
    const planned = mode === 0o755 ? (0o755 as const) : (0o644 as const);
    return { path, text: Buffer.from(text).toString(), mode: planned };
  });
  const removals = Object.keys(old).filter((path) => next[path] === undefined);
  const touched = [...writes.map(({ path }) => path), ...removals];
  const expected = new Map(
    touched.map((path) => [path, old[path] === undefined ? null : sha256(old[path].text)]),
  );
  return { title: 'io.model: epoll → io_uring', writes, removals, expected };
}

function isEqual(text: string | Uint8Array, other: string | Uint8Array): boolean {
  return Buffer.from(text).equals(Buffer.from(other));
}

/** The process ends here, as far as a test in one process can say so. */
export class Killed extends Error {}

/** Calls `before` with the number of each call that changes the disk, from 1 on, and its name. */
export function watched(before: (nth: number, name: keyof FileSystem) => void): FileSystem {
  let calls = 0;
  const watch = <A extends readonly unknown[], T>(
    name: keyof FileSystem,
    call: (...args: A) => Promise<T>,
  ) => {
    return async (...args: A): Promise<T> => {
      calls++;
      before(calls, name);
      return await call(...args);
    };
  };
  const real = kNodeFileSystem;
  return {
    makeFolder: watch('makeFolder', real.makeFolder),
    makeStaging: watch('makeStaging', real.makeStaging),
    writeFile: watch('writeFile', real.writeFile),
    changeMode: watch('changeMode', real.changeMode),
    // What is not yet on the disk outlives a process, though not the machine: tests save the time.
    sync: watch('sync', async () => {}),
    rename: watch('rename', real.rename),
    removeFile: watch('removeFile', real.removeFile),
    removeFolder: watch('removeFolder', real.removeFolder),
    remove: watch('remove', real.remove),
  };
}

/** Every call from the nth on finds the process dead. */
export function killedAt(nth: number): FileSystem {
  return watched((call) => {
    if (call >= nth) throw new Killed();
  });
}

/** The nth call is refused; those after it are not, or are too. */
export function refusedAt(nth: number, code: string, further: 'once' | 'always'): FileSystem {
  return watched((call) => {
    if (call === nth || (further === 'always' && call > nth)) {
      throw Object.assign(new Error(code), { code });
    }
  });
}

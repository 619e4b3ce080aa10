/**
 * Carries out a committed transaction, or takes it back, file by file. If this run is killed, the
 * next one starts again: each step detects whether it is already done.
 */

import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { foldersOf } from '../borders.ts';
import { errorCode } from '../disk-error.ts';
import type { FileSystem } from '../file-system.ts';
import { give } from '../owner.ts';
import { syncAll } from '../write-all.ts';
import { guardPaths } from './guard.ts';
import { type Journal, savedPath, stagedPath } from './journal.ts';
import { hashOf, lookAt, type Occupant } from './place.ts';

/** One file's change from one content to another; null: no file. */
interface Move {
  readonly path: string;
  readonly old: string | null;
  readonly next: string | null;
  /** Where the next content waits; if it is no longer there, it is already in place. */
  readonly from: string;
}

/** From the old tree to the next one. */
export function forward({ entries }: Journal): readonly Move[] {
  return entries.map((entry, index) => {
    return { path: entry.path, old: entry.old, next: entry.next, from: stagedPath(entry, index) };
  });
}

/** Back to the old tree. */
export function backward({ entries }: Journal): readonly Move[] {
  return entries.map(({ path, old, next }, index) => {
    return { path, old: next, next: old, from: savedPath(index) };
  });
}

/**
 * Returns the paths to which obstacles were moved. An obstacle has neither the old nor the next
 * content: someone wrote it after the commit, so it must not be overwritten.
 */
export async function roll(
  directory: string,
  moves: readonly Move[],
  system: FileSystem,
): Promise<readonly string[]> {
  const paths = moves.map(({ path }) => path);
  guardPaths(directory, paths);
  const kept = new Set(moves.filter(isArrival).flatMap(({ path }) => foldersOf(path)));
  const aside: string[] = [];
  for (const move of moves) if (!isArrival(move)) await takeAway(directory, move, kept, system);
  for (const move of moves) if (isArrival(move)) await putInPlace(directory, move, system, aside);
  await syncAll(foldersAbove(directory, paths), system);
  return aside;
}

function isArrival({ next }: Move): boolean {
  return next !== null;
}

/** Removes the old content. A file edited since the commit stays: it is the user's now. */
async function takeAway(
  directory: string,
  { path, old }: Move,
  kept: ReadonlySet<string>,
  system: FileSystem,
): Promise<void> {
  const place = join(directory, path);
  const hash = hashOf(lookAt(place));
  if (hash !== null && hash === old) await system.removeFile(place);
  for (const folder of [...foldersOf(path)].reverse()) {
    if (kept.has(folder)) break;
    await removeIfEmpty(join(directory, folder), system);
  }
}

/** If a folder can't be removed, being a mount or someone else's, it does no harm empty. */
export async function removeIfEmpty(folder: string, system: FileSystem): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) await system.removeFolder(folder);
  } catch (thrown) {
    if (errorCode(thrown) === null) throw thrown;
  }
}

async function putInPlace(
  directory: string,
  { path, old, next, from }: Move,
  system: FileSystem,
  aside: string[],
): Promise<void> {
  const [source, place] = [join(directory, from), join(directory, path)];
  const waiting = lookAt(source);
  if (waiting?.kind !== 'file') return;
  const there = lookAt(place);
  if (isSame(there, waiting)) return system.removeFile(source);
  const hash = hashOf(there);
  const isOurs = there === null || (hash !== null && (hash === old || hash === next));
  if (!isOurs) aside.push(await moveAside(directory, path, system));
  for (const folder of foldersOf(path)) {
    const isBlocked = lookAt(join(directory, folder))?.kind === 'file';
    if (isBlocked) aside.push(await moveAside(directory, folder, system));
  }
  await system.makeFolder(dirname(place));
  await moveFile(source, place, system);
}

function isSame(place: Occupant | null, other: Occupant): boolean {
  if (place?.kind !== 'file' || other.kind !== 'file') return false;
  return place.sha256 === other.sha256 && place.mode === other.mode;
}

async function moveAside(directory: string, path: string, system: FileSystem): Promise<string> {
  let nth = 1;
  while (lookAt(join(directory, `${path}.yours-${nth}`)) !== null) nth++;
  await system.rename(join(directory, path), join(directory, `${path}.yours-${nth}`));
  return `${path}.yours-${nth}`;
}

async function moveFile(source: string, place: string, system: FileSystem): Promise<void> {
  try {
    await system.rename(source, place);
  } catch (thrown) {
    if (errorCode(thrown) !== 'EXDEV') throw thrown;
    await copyFile(source, place, system);
  }
}

/** A bind mount looks like the same file system until a rename into it fails: rename(2). */
async function copyFile(source: string, place: string, system: FileSystem): Promise<void> {
  const file = lookAt(source);
  if (file?.kind !== 'file') throw new Error(`${source} disappeared in the meantime`);
  const copy = join(dirname(place), `.hpserver-copy-${basename(place)}`);
  await system.remove(copy);
  await system.writeFile(copy, file.bytes, 0o600);
  await give(copy, file.owner, system);
  await system.changeMode(copy, file.mode);
  await system.sync(copy);
  await system.rename(copy, place);
  await system.removeFile(source);
}

/** The existing folders that contain these paths, including the project directory. */
function foldersAbove(directory: string, paths: readonly string[]): readonly string[] {
  const folders = new Set([directory]);
  for (const folder of new Set(paths.flatMap(foldersOf))) {
    const place = lookAt(join(directory, folder));
    if (place?.kind === 'folder') folders.add(join(directory, folder));
  }
  return [...folders];
}

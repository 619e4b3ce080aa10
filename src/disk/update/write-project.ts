/** Writes a new project, completely or not at all: staged beside its place, then moved there. */

import { dirname, join } from 'node:path';
import { kBaseFolder } from '../../tree/manifest.ts';
import { foldersOf } from '../borders.ts';
import { asDiskError } from '../disk-error.ts';
import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import { ownedLike } from '../owner.ts';
import { entriesOf, refuseOccupied } from '../survey/snapshot.ts';
import { untilSignal } from '../until-signal.ts';
import { syncAll, writeAll } from '../write-all.ts';

export interface NewFile {
  /** Relative to the project directory. */
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
}

/**
 * The directory may be missing or empty; it may contain a `.git`. Errors: `UserError`: usage for an
 * occupied directory, failure if the system refuses, cancelled for SIGINT and SIGTERM. After each
 * of these errors the disk is as before.
 */
export async function writeProject(
  directory: string,
  files: readonly NewFile[],
  given: FileSystem = kNodeFileSystem,
): Promise<void> {
  await refuseOccupied(directory);
  const exists = (await entriesOf(directory)) !== null;
  const system = exists ? ownedLike(directory, given) : given;
  const undo: (() => Promise<void>)[] = [];
  try {
    await untilSignal(async (signal) => {
      // Staged on the destination's own file system, because only there is a rename atomic.
      const beside = exists ? directory : dirname(directory);
      const made = await system.makeFolder(beside);
      if (made !== undefined) undo.push(() => system.remove(made));
      const staging = await system.makeStaging(join(beside, '.create-hpserver-'));
      undo.push(() => system.remove(staging));
      // mkdtemp makes a private folder (0700); the folder within it gets the mode that the umask
      // allows.
      const project = join(staging, 'project');
      await writeAll(project, files, system, signal);
      // Without this, a machine that crashes now may keep all the names, but empty files. Bases
      // need no sync: a lost base is read from its unedited file (see `readRecord`).
      await syncAll(placesOf(project, files.filter(isNoBase)), system);
      if (exists) await moveEntries(project, directory, system, undo);
      else await system.rename(project, directory);
      undo.length = 0;
      await system.sync(beside).catch(() => {});
      await system.remove(staging).catch(() => {});
    });
  } catch (thrown) {
    for (const step of undo.reverse()) await step().catch(() => {});
    throw asDiskError(thrown, directory);
  }
}

function isNoBase({ path }: NewFile): boolean {
  return !path.startsWith(`${kBaseFolder}/`);
}

/** The files with their folders. */
function placesOf(root: string, files: readonly NewFile[]): readonly string[] {
  const paths = files.map(({ path }) => path);
  const below = new Set([...paths, ...paths.flatMap(foldersOf)]);
  return [root, ...[...below].map((path) => join(root, path))];
}

/**
 * An existing directory may be a shell's current folder or a mount, so it is filled, not replaced.
 */
async function moveEntries(
  project: string,
  directory: string,
  system: FileSystem,
  undo: (() => Promise<void>)[],
): Promise<void> {
  for (const entry of (await entriesOf(project)) ?? []) {
    const destination = join(directory, entry);
    await system.rename(join(project, entry), destination);
    undo.push(() => system.remove(destination));
  }
}

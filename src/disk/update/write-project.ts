/** Writes a new project, all or nothing: staged beside its place, then moved into it. */

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
  /** Below the project directory. */
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
}

/**
 * The directory may be missing or empty; it may hold a `.git`. Errors: `UserError`: usage for an
 * occupied directory, failure if the system refuses, cancelled for SIGINT and SIGTERM. After any of
 * them the disk is as it was.
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
      // Staging is on the same file system as its destination: only there is a rename atomic.
      const beside = exists ? directory : dirname(directory);
      const made = await system.makeFolder(beside);
      if (made !== undefined) undo.push(() => system.remove(made));
      const staging = await system.makeStaging(join(beside, '.create-hpserver-'));
      undo.push(() => system.remove(staging));
      // mkdtemp makes a private folder (0700); the project gets what the user's umask says.
      const project = join(staging, 'project');
      await writeAll(project, files, system, signal);
      // Otherwise a machine that crashes now may be left with all the names, but empty files. A
      // lost base is read from its file, which is still unedited: see `readRecord`.
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

/** An existing directory may be a shell's current folder or a mount: it is filled, not replaced. */
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

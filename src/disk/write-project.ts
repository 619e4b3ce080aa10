/** Writes a new project, all or nothing: staged beside its place, then moved into it. */

import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ExitCode, UserError } from '../error.ts';
import { asDiskError } from './disk-error.ts';
import { type FileSystem, kNodeFileSystem } from './file-system.ts';
import { entriesOf, refuseOccupied } from './snapshot.ts';

export interface NewFile {
  /** Below the project directory. */
  readonly path: string;
  readonly text: string;
  readonly mode: 0o644 | 0o755;
}

/**
 * The directory may be missing or empty; it may hold a `.git`.
 * Errors: `UserError`: usage for an occupied directory, failure where the system refuses,
 * cancelled for SIGINT and SIGTERM. After each of them the disk is as it was.
 */
export async function writeProject(
  directory: string,
  files: readonly NewFile[],
  system: FileSystem = kNodeFileSystem,
): Promise<void> {
  await refuseOccupied(directory);
  const exists = (await entriesOf(directory)) !== null;
  const undo: (() => Promise<void>)[] = [];
  try {
    await untilSignal(async (signal) => {
      // Staging stands on the same file system as its destination: a rename is atomic only there.
      const beside = exists ? directory : dirname(directory);
      const made = await system.makeFolder(beside);
      if (made !== undefined) undo.push(() => system.remove(made));
      const staging = await system.makeStaging(join(beside, '.create-hpserver-'));
      undo.push(() => system.remove(staging));
      // mkdtemp makes a private folder (0700); the project gets what the user's umask says.
      const project = join(staging, 'project');
      await writeAll(project, files, system, signal);
      if (exists) await moveEntries(project, directory, system, undo);
      else await system.rename(project, directory);
      undo.length = 0;
      await system.remove(staging).catch(() => {});
    });
  } catch (thrown) {
    for (const step of undo.reverse()) await step().catch(() => {});
    throw asDiskError(thrown, directory);
  }
}

async function writeAll(
  project: string,
  files: readonly NewFile[],
  system: FileSystem,
  signal: AbortSignal,
): Promise<void> {
  await system.makeFolder(project);
  const folders = new Set<string>();
  for (const { path, text, mode } of files) {
    signal.throwIfAborted();
    const file = join(project, path);
    const folder = dirname(file);
    if (!folders.has(folder)) await system.makeFolder(folder);
    folders.add(folder);
    await system.writeFile(file, text, mode);
  }
  // A signal that came during the writes is heard now, before they count.
  await setImmediate();
  signal.throwIfAborted();
}

/** An existing directory may be a shell's place or a mount: it is filled, not replaced. */
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

/** Runs the work with a signal that SIGINT and SIGTERM abort. */
async function untilSignal(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const cancel = () => {
    const issue = { at: '', message: 'cancelled: nothing was written', fix: 'Run it again.' };
    controller.abort(new UserError(ExitCode.cancelled, [issue]));
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    await work(controller.signal);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

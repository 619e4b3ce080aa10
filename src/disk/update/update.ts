/** Changes an existing project, completely or not at all, in a way that can be undone. */

import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import type { Wish } from '../transaction/inspect.ts';
import { type Outcome, runTransaction } from '../transaction/run.ts';
import type { NewFile } from './write-project.ts';

export interface UpdatedFile extends NewFile {
  /**
   * The mode planned at the last update. If `mode` is the same, the file keeps the permissions that
   * the user gave it; if it differs, or this is absent, the execute bits follow `mode`.
   */
  readonly formerMode?: NewFile['mode'];
}

export interface Update {
  /** One line for the record and for undo: `io.model: epoll → io_uring`. */
  readonly title: string;
  /** Files to write, with their folders; these include state files (`.hpserver/…`). */
  readonly writes: readonly UpdatedFile[];
  /** Files to remove, along with any folders this leaves empty. */
  readonly removals: readonly string[];
  /**
   * The sha256 of each path's bytes when the update was decided; null: there was no file. A path
   * that isn't listed may hold anything; its bytes, too, are kept for undo.
   */
  readonly expected: ReadonlyMap<string, string | null>;
}

/**
 * Requires the lock. Skips files that are already as wanted; if all are, the previous update stays
 * the one to undo. Errors: `UserError`: conflicts if a file has changed since the decision, or
 * something is in the way; failure if the system refuses, or a path leaves the project; cancelled
 * for SIGINT and SIGTERM before the commit. After each of these errors the project is as before.
 */
export async function updateProject(
  directory: string,
  { title, writes, removals, expected }: Update,
  system: FileSystem = kNodeFileSystem,
): Promise<Outcome> {
  const arrivals = writes.map((file): Wish => {
    const { path, text } = file;
    const mode = (present: number | null) => modeOf(file, present);
    return { path, expected: expected.get(path), content: text, mode };
  });
  const departures = removals.map((path): Wish => {
    return { path, expected: expected.get(path), content: null, mode: () => 0 };
  });
  return await runTransaction(directory, title, [...arrivals, ...departures], system);
}

/** For a new file, the umask applies; an existing file keeps the user's permission bits. */
function modeOf({ mode, formerMode }: UpdatedFile, present: number | null): number {
  if (present === null) return mode & ~process.umask();
  if (mode === formerMode) return present;
  const readers = (present & 0o444) >> 2;
  return mode === 0o755 ? present | readers : present & ~0o111;
}

/** Changes an existing project, all or nothing, and can be undone. */

import { type FileSystem, kNodeFileSystem } from '../file-system.ts';
import type { Wish } from '../transaction/inspect.ts';
import { type Outcome, runTransaction } from '../transaction/run.ts';
import type { NewFile } from './write-project.ts';

export interface UpdatedFile extends NewFile {
  /**
   * The previously planned mode. If it equals the present one, the file keeps the permissions its
   * user gave it; if it differs or is absent, the execute bits follow `mode`.
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
   * The sha256 of each path's bytes when the update was decided on; null: there was no file. A path
   * not listed may hold anything. Its bytes are kept for undo like all others.
   */
  readonly expected: ReadonlyMap<string, string | null>;
}

/**
 * Requires the lock. Leaves alone what is already written; if that is everything, the last update
 * stays the one that can be undone. Errors: `UserError`: conflicts if a touched file has changed
 * meanwhile, or something is in the way; failure if the system refuses, or a path leaves the
 * project; cancelled for SIGINT and SIGTERM before the commit. After any of them the project is as
 * it was.
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

/** A new file gets what the umask leaves; an existing one keeps its user's bits. */
function modeOf({ mode, formerMode }: UpdatedFile, present: number | null): number {
  if (present === null) return mode & ~process.umask();
  if (mode === formerMode) return present;
  const readers = (present & 0o444) >> 2;
  return mode === 0o755 ? present | readers : present & ~0o111;
}

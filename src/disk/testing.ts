/** Where tests put what they write. */

import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const kRoomBytes = 1 << 30;

/**
 * Memory, if it has enough room: tests create and remove whole projects and thousands of small
 * trees, and on a disk each file waits for the journal. Programs may not be allowed to run there
 * (Docker mounts it `noexec`), so anything to be executed must be below `tmpdir()`.
 */
export const kFastFolder: string = hasRoom('/dev/shm') ? realpathSync('/dev/shm') : tmpdir();

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= kRoomBytes;
}

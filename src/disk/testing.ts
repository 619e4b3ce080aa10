/** Where tests put what they write. */

import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const kRoomBytes = 1 << 30;

/**
 * Memory, if there is room in it: whole projects and thousands of small trees come and go, and on a
 * disk each of their files waits for its journal. Programs may be forbidden to run there (`noexec`,
 * as Docker mounts it): what is executed belongs below `tmpdir()`.
 */
export const kFastFolder: string = hasRoom('/dev/shm') ? realpathSync('/dev/shm') : tmpdir();

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= kRoomBytes;
}

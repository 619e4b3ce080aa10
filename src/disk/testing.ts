/** Where tests put what they write. */

import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const kRoomBytes = 1 << 30;

/**
 * Memory, if it has enough room: whole projects and thousands of small trees come and go, and on a
 * disk each file waits for the journal. Running programs may be forbidden there (`noexec`, as
 * Docker mounts it): anything to be executed belongs below `tmpdir()`.
 */
export const kFastFolder: string = hasRoom('/dev/shm') ? realpathSync('/dev/shm') : tmpdir();

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= kRoomBytes;
}
